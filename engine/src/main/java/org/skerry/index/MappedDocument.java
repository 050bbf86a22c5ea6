package org.skerry.index;

import java.util.List;
import org.skerry.document.DocId;
import org.skerry.store.Seq;

/**
 * A document with the rows it emitted; with none, if its winner is a tombstone or emits nothing.
 */
record MappedDocument(DocId id, Seq seq, List<MappedRow> rows) {}
