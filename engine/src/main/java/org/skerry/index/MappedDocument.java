package org.skerry.index;

import java.util.List;
import org.skerry.document.DocId;
import org.skerry.store.Seq;

/**
 * A document with the rows it emitted; with none, if its winner is a tombstone or emits nothing.
 *
 * @param record where its rows stand, as {@link DocumentRecord} writes it
 */
record MappedDocument(DocId id, Seq seq, List<MappedRow> rows, byte[] record) {
  private static final byte[] NOWHERE = {};

  /** A document that has no rows. */
  static MappedDocument without(DocId id, Seq seq) {
    return new MappedDocument(id, seq, List.of(), NOWHERE);
  }
}
