package org.skerry.store.rocksdb;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * Records that are written together, all or nothing, one such batch after the other. One thread.
 *
 * <p>They are gathered in the form in which RocksDB writes them to its log, and handed over in one
 * call: a call for each record costs ten times as much as to gather it. What goes beyond a megabyte
 * is handed over one by one, so that the heap needs no room for large batches.
 *
 * <p>The form, of RocksDB's {@code db/write_batch.cc}: eight bytes for the sequence, which RocksDB
 * fills in, and the number of records, four bytes; then of each record a tag, the number of its
 * family, and the length and bytes of key and value. The default family's number is left out, and
 * tags say so. Lengths and numbers of families are varints, lowest bits first.
 */
final class Batch implements AutoCloseable {
  private static final int MOST_GATHERED = 1 << 20;
  private static final int FIRST_BUFFER = 16 << 10;

  private static final int COUNT_AT = Long.BYTES;
  private static final int HEADER = COUNT_AT + Integer.BYTES;

  /** A tag and three varints. */
  private static final int MOST_AROUND_A_RECORD = 1 + 3 * 5;

  private static final int LOG_DATA = 0x3;

  private final Tables tables;
  private byte[] bytes = new byte[FIRST_BUFFER];
  private int length = HEADER;

  /** Of those that were gathered. */
  private int count;

  /** Where further records go when there are too many to gather. */
  private @Nullable WriteBatch large;

  Batch(Tables tables) {
    this.tables = tables;
  }

  /** What is done with a key: the tags of the default family, and of the others. */
  private enum Operation {
    DELETE(0x0, 0x4),
    PUT(0x1, 0x5),
    SINGLE_DELETE(0x7, 0x8),
    DELETE_RANGE(0xf, 0xe);

    private final byte plain;
    private final byte inFamily;

    Operation(int plain, int inFamily) {
      this.plain = (byte) plain;
      this.inFamily = (byte) inFamily;
    }

    boolean hasSecond() {
      return this == PUT || this == DELETE_RANGE;
    }
  }

  private static final byte[] NOTHING = {};

  /**
   * Begins a batch; what was in the last is forgotten.
   *
   * @param mark stands in the log before the records, and in the log alone
   */
  void begin(byte[] mark) {
    close();
    bytes[length++] = LOG_DATA;
    append(mark);
  }

  void put(Family family, byte[] key, byte[] value) {
    add(Operation.PUT, family, key, value);
  }

  void delete(Family family, byte[] key) {
    add(Operation.DELETE, family, key, NOTHING);
  }

  /** Deletes a key that was put exactly once. */
  void singleDelete(Family family, byte[] key) {
    add(Operation.SINGLE_DELETE, family, key, NOTHING);
  }

  void deleteRange(Family family, byte[] from, byte[] to) {
    add(Operation.DELETE_RANGE, family, from, to);
  }

  boolean isEmpty() {
    return count == 0 && large == null;
  }

  /** With {@code durable} it is on the disk on return. */
  void write(boolean durable) {
    if (large != null) {
      tables.write(large, durable);
      return;
    }
    try (WriteBatch gathered = gathered()) {
      tables.write(gathered, durable);
    }
  }

  private void add(Operation operation, Family family, byte[] key, byte[] second) {
    if (large == null && hasRoom((long) MOST_AROUND_A_RECORD + key.length + second.length)) {
      gather(operation, tables.number(family), key, second);
    } else {
      addToLarge(operation, family, key, second);
    }
  }

  private boolean hasRoom(long more) {
    long needed = length + more;
    if (needed > bytes.length && needed <= MOST_GATHERED) {
      bytes = Arrays.copyOf(bytes, (int) Math.min(Math.max(2L * length, needed), MOST_GATHERED));
    }
    return needed <= bytes.length;
  }

  private void gather(Operation operation, int family, byte[] key, byte[] second) {
    count++;
    if (family == 0) {
      bytes[length++] = operation.plain;
    } else {
      bytes[length++] = operation.inFamily;
      appendNumber(family);
    }
    append(key);
    if (operation.hasSecond()) {
      append(second);
    }
  }

  private void append(byte[] text) {
    appendNumber(text.length);
    System.arraycopy(text, 0, bytes, length, text.length);
    length += text.length;
  }

  private void appendNumber(int number) {
    int left = number;
    while (left > 0x7f) {
      bytes[length++] = (byte) (left | 0x80);
      left >>>= 7;
    }
    bytes[length++] = (byte) left;
  }

  /** What was gathered, as RocksDB's own. */
  WriteBatch gathered() {
    int left = count;
    for (int i = 0; i < Integer.BYTES; i++) {
      bytes[COUNT_AT + i] = (byte) left;
      left >>>= Byte.SIZE;
    }
    return new WriteBatch(Arrays.copyOf(bytes, length));
  }

  private void addToLarge(Operation operation, Family family, byte[] key, byte[] second) {
    WriteBatch batch = large;
    if (batch == null) {
      batch = gathered();
      large = batch;
    }
    try {
      switch (operation) {
        case DELETE -> batch.delete(tables.handle(family), key);
        case PUT -> batch.put(tables.handle(family), key, second);
        case SINGLE_DELETE -> batch.singleDelete(tables.handle(family), key);
        case DELETE_RANGE -> batch.deleteRange(tables.handle(family), key, second);
      }
    } catch (RocksDBException e) {
      throw Faults.writing(e);
    }
  }

  @Override
  public void close() {
    if (large != null) {
      large.close();
      large = null;
    }
    length = HEADER;
    count = 0;
  }
}
