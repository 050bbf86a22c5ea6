package org.skerry.index;

import org.skerry.store.StoredDocument;
import tools.jackson.databind.JsonNode;

/**
 * Makes the rows of an index: a pure function of one document. Any thread may call {@link #open};
 * what it returns belongs to one thread.
 */
@FunctionalInterface
public interface Indexer {
  /** Begins to map, for one thread. */
  Mapping open();

  /** The function as one thread uses it. */
  interface Mapping extends AutoCloseable {
    /**
     * Emits the rows of one document: with the leaves, the winner's body and attachments, and the
     * position of its last change. Documents whose winner is a tombstone are never asked about.
     *
     * <p>What it throws leaves the document out of all views of the index, with a log line; it
     * never stops the index.
     */
    void map(StoredDocument document, RowSink rows);

    @Override
    void close();
  }

  /** Takes the rows of one document. */
  interface RowSink {
    /**
     * One row. Rows of one document with equal keys are kept, all of them, in the order in which
     * they are emitted.
     *
     * @param view which of the definition's views, from 0
     */
    void emit(int view, JsonNode key, JsonNode value);

    /**
     * Leaves the document out of one view: forgets what was emitted for it, and logs the reason.
     */
    void leaveOut(int view, String reason);
  }
}
