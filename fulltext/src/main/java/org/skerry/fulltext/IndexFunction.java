package org.skerry.fulltext;

import java.util.function.Consumer;
import org.skerry.store.StoredDocument;

/** Says what a document is found by. Used by one thread at a time. */
@FunctionalInterface
public interface IndexFunction extends AutoCloseable {
  /**
   * Gives the fields of one document, with its winner's body. A document without fields is not
   * found.
   *
   * @throws SkippedDocumentException when the document cannot be indexed; it is left out
   */
  void run(StoredDocument document, Consumer<IndexedField> fields);

  @Override
  default void close() {}
}
