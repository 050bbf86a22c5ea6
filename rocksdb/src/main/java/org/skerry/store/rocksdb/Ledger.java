package org.skerry.store.rocksdb;

import java.nio.ByteBuffer;
import org.skerry.store.Totals;

/**
 * What one database counts. It is written in the same batch as what it counts, so that opening
 * counts nothing.
 *
 * @param seq the last sequence given out
 * @param external bytes of bodies and attachments before compression
 * @param active bytes that would stay after compaction
 * @param superseded bodies that compaction has to look at
 * @param dictionary with which new bodies are compressed; 0 while there is none
 */
record Ledger(
    long seq,
    Totals totals,
    long external,
    long active,
    long superseded,
    int revsLimit,
    int dictionary) {
  private static final int VERSION = 1;
  private static final int DEFAULT_REVS_LIMIT = 1_000;

  static final Ledger NEW = new Ledger(0, Totals.NONE, 0, 0, 0, DEFAULT_REVS_LIMIT, 0);

  byte[] encode() {
    return new RecordWriter(64)
        .put(VERSION)
        .number(seq)
        .number(totals.documents())
        .number(totals.tombstones())
        .number(totals.conflicted())
        .number(totals.purges())
        .number(external)
        .number(active)
        .number(superseded)
        .number(revsLimit)
        .number(dictionary)
        .toBytes();
  }

  static Ledger decode(byte[] record) {
    return Records.read("a database's ledger", record, Ledger::read);
  }

  private static Ledger read(ByteBuffer in) {
    Records.expectVersion("a database's ledger", in.get(), VERSION);
    return new Ledger(
        Records.number(in),
        new Totals(Records.number(in), Records.number(in), Records.number(in), Records.number(in)),
        Records.number(in),
        Records.number(in),
        Records.number(in),
        Records.count(in),
        Records.count(in));
  }
}
