package org.skerry.store.rocksdb;

import java.nio.ByteBuffer;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;
import org.skerry.revision.RevIdCodec;

/**
 * A body that a newer revision made superfluous: compaction reads these instead of everything, so
 * it costs what changed. Keyed by the sequence of the body.
 */
record Superseded(DocId id, RevId rev, int bodyBytes, int storedBytes, boolean attached) {
  private static final int VERSION = 1;

  static Superseded of(DocId id, StoredLeaf leaf) {
    return new Superseded(
        id, leaf.leaf().rev(), leaf.bodyBytes(), leaf.storedBytes(), leaf.attached());
  }

  byte[] encode() {
    return new RecordWriter(32 + id.utf8().length)
        .put(VERSION)
        .block(id.utf8())
        .rev(rev)
        .number(bodyBytes)
        .number(storedBytes)
        .put(attached ? 1 : 0)
        .toBytes();
  }

  static Superseded decode(byte[] record) {
    return Records.read("a superseded body's entry", record, Superseded::read);
  }

  private static Superseded read(ByteBuffer in) {
    Records.expectVersion("a superseded body's entry", in.get(), VERSION);
    return new Superseded(
        DocId.ofStored(Records.block(in)),
        RevIdCodec.read(in),
        Records.count(in),
        Records.count(in),
        in.get() != 0);
  }
}
