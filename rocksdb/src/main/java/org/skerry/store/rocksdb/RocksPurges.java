package org.skerry.store.rocksdb;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;
import org.skerry.revision.RevIdCodec;
import org.skerry.store.PurgeLog;

/**
 * The purges of one database: a record each under its number.
 *
 * <pre>
 *   1 byte    version
 *   16 bytes  uuid
 *   block     the document's id
 *   varint    how many revisions; then each
 * </pre>
 */
final class RocksPurges implements PurgeLog {
  private static final int VERSION = 1;

  private final Cabinet cabinet;
  private final Supplier<Gate.Pass> gate;

  RocksPurges(Cabinet cabinet, Supplier<Gate.Pass> gate) {
    this.cabinet = cabinet;
    this.gate = gate;
  }

  static byte[] encode(Purge purge) {
    RecordWriter out = new RecordWriter(64);
    UUID uuid = purge.uuid();
    out.put(VERSION)
        .raw(
            ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits())
                .array())
        .block(purge.id().utf8())
        .number(purge.revs().size());
    purge.revs().forEach(out::rev);
    return out.toBytes();
  }

  private static Purge decode(long seq, byte[] record) {
    return Records.read("purge " + seq, record, in -> read(seq, in));
  }

  private static Purge read(long seq, ByteBuffer in) {
    Records.expectVersion("purge " + seq, in.get(), VERSION);
    UUID uuid = new UUID(in.getLong(), in.getLong());
    DocId id = DocId.ofStored(Records.block(in));
    int count = Records.countOfRest(in);
    List<RevId> revs = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      revs.add(RevIdCodec.read(in));
    }
    return new Purge(seq, uuid, id, revs);
  }

  @Override
  public long last() {
    try (var _ = gate.get()) {
      return lastNumber();
    }
  }

  private long lastNumber() {
    return cabinet.shelf().ledger().totals().purges();
  }

  @Override
  public long remembered() {
    try (var _ = gate.get()) {
      return forgotten();
    }
  }

  private long forgotten() {
    // Asked first: what is purged meanwhile is remembered.
    long last = lastNumber();
    byte[] prefix = Keys.meta(cabinet.number(), Keys.Kind.PURGE);
    try (Cursor cursor = cabinet.tables().cursor(Family.META, cabinet.tables().latest())) {
      cursor.seek(prefix);
      return cursor.within(prefix) ? numberOf(cursor.key()) - 1 : last;
    }
  }

  private static long numberOf(byte[] key) {
    return ByteBuffer.wrap(Keys.rest(key)).getLong();
  }

  @Override
  public List<Purge> read(long since, int limit) {
    byte[] prefix = Keys.meta(cabinet.number(), Keys.Kind.PURGE);
    List<Purge> found = new ArrayList<>();
    try (var _ = gate.get();
        Cursor cursor = cabinet.tables().cursor(Family.META, cabinet.tables().latest())) {
      cursor.seek(Keys.purge(cabinet.number(), Math.max(0, since) + 1));
      while (found.size() < limit && cursor.within(prefix)) {
        found.add(decode(numberOf(cursor.key()), cursor.value()));
        cursor.next();
      }
    }
    return found;
  }

  @Override
  public int limit() {
    try (var _ = gate.get()) {
      return storedLimit();
    }
  }

  private int storedLimit() {
    return cabinet
        .tables()
        .get(Family.META, cabinet.tables().latest(), limitKey())
        .map(record -> Records.read("the limit of purges", record, ByteBuffer::getInt))
        .orElse(DEFAULT_LIMIT);
  }

  @Override
  public void limit(int limit) {
    byte[] record = ByteBuffer.allocate(Integer.BYTES).putInt(PurgeLog.checkedLimit(limit)).array();
    try (var _ = gate.get()) {
      cabinet
          .writer()
          .write(
              group -> {
                group.on(cabinet.shelf());
                group.put(Family.META, limitKey(), record);
                return limit;
              });
    }
  }

  private byte[] limitKey() {
    return Keys.meta(cabinet.number(), Keys.Kind.PURGE_LIMIT);
  }

  /** Compaction's part; its caller has passed the gate. */
  void forgetBeyondLimit() {
    long from = forgotten() + 1;
    long to = lastNumber() - storedLimit() + 1;
    if (from < to) {
      cabinet
          .writer()
          .write(
              group -> {
                group.on(cabinet.shelf());
                group.deleteRange(
                    Family.META,
                    Keys.purge(cabinet.number(), from),
                    Keys.purge(cabinet.number(), to));
                return to;
              });
    }
  }
}
