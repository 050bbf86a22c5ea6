package org.skerry.http.couch;

import java.io.IOException;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** One of the lists of documents that a database has: all, those of design, the local ones. */
interface DocumentListing {
  /**
   * Begins to list.
   *
   * @throws org.skerry.http.HttpProblem when the request cannot be answered
   */
  Listed open(ListingRequest request);

  /** A list that was begun: its heading is known, its rows come as they are read. */
  interface Listed {
    /** How many rows there would be without range; nothing where nobody counts. */
    Optional<Long> total();

    /** How many rows stand before the first; nothing where nobody counts. */
    Optional<Long> offset();

    /** The position in the feed, where it was asked for and there is one. */
    Optional<String> updateSeq();

    void rows(RowSink sink) throws IOException;
  }

  /** Takes rows; it may block. */
  interface RowSink {
    /** A document. */
    void row(ListedRow row) throws IOException;

    /** A key that is no document's. */
    void missing(JsonNode key) throws IOException;

    /** Behind the first few rows, before more is read. */
    void more() throws IOException;
  }
}
