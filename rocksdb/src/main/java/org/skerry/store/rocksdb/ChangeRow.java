package org.skerry.store.rocksdb;

import java.nio.ByteBuffer;
import java.util.List;
import org.skerry.document.DocId;

/**
 * One row of the feed, which stands under its sequence: which document, and its leaves at that
 * change.
 */
record ChangeRow(DocId id, List<StoredLeaf> leaves) {
  private static final int VERSION = 1;

  static byte[] encode(DocId id, long seq, List<StoredLeaf> leaves) {
    RecordWriter out = new RecordWriter(8 + id.utf8().length + StoredLeaf.TYPICAL_BYTES);
    out.put(VERSION).block(id.utf8());
    StoredLeaf.write(out, seq, leaves);
    return out.toBytes();
  }

  static ChangeRow decode(ByteBuffer record, long seq) {
    return Records.read("a change", record, in -> read(in, seq));
  }

  private static ChangeRow read(ByteBuffer in, long seq) {
    Records.expectVersion("a change", in.get(), VERSION);
    return new ChangeRow(DocId.ofStored(Records.block(in)), StoredLeaf.read(in, seq));
  }
}
