package org.skerry.http.couch;

import java.io.IOException;
import java.util.Optional;
import org.skerry.document.DocId;

/**
 * One document in a listing.
 *
 * @param rev as JSON writes it between quotes
 * @param document the document itself, when it was asked for
 */
record ListedRow(DocId id, String rev, boolean deleted, Optional<Shown> document) {
  /** Writes a document as a value: JSON null for a deleted one. */
  @FunctionalInterface
  interface Shown {
    void write(RowOut out) throws IOException;
  }
}
