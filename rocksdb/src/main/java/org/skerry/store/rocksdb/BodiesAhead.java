package org.skerry.store.rocksdb;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;

/**
 * Bodies of the next few documents of a sweep: read one after the other before the first of them is
 * handed out, in the order in which they stand on the disk. One thread.
 *
 * <p>What finds a body, what unpacks it and what writes the answer would each find its code and
 * data gone from the processor's caches if they took turns at every document.
 */
final class BodiesAhead {
  /** Larger ones, and those behind as many bytes, are read when they are taken. */
  private static final int MOST_BYTES = 32 << 10;

  /** In a number that is sorted, a body's place stands behind its sequence. */
  private static final int PLACE_BITS = 10;

  private static final int MOST = 1 << PLACE_BITS;

  private static final int USUAL = 16;

  /** What stands where a body is not read ahead. */
  private static final long ALONE = -1;

  private long[] seqs = new long[USUAL];

  /** Where each begins in {@link #bytes}; one more says where the last ends. */
  private int[] starts = new int[USUAL + 1];

  private byte[] bytes = new byte[0];
  private int count;
  private int next;

  /** Forgets what was not taken. */
  void clear() {
    count = 0;
    next = 0;
  }

  /** A body will be taken behind those that are expected already. */
  void expect(StoredLeaf leaf) {
    if (count == MOST) {
      return;
    }
    if (count == seqs.length) {
      seqs = Arrays.copyOf(seqs, 2 * count);
      starts = Arrays.copyOf(starts, 2 * count + 1);
    }
    boolean fits = leaf.storedBytes() <= MOST_BYTES - starts[count];
    seqs[count] = fits ? leaf.body() : ALONE;
    starts[count + 1] = starts[count] + (fits ? leaf.storedBytes() : 0);
    count++;
  }

  /** Reads all that are expected. */
  void read(Tables tables, ReadOptions options, int number) {
    if (bytes.length < starts[count]) {
      bytes = new byte[starts[count]];
    }
    ByteBuffer key = ByteBuffer.wrap(Keys.sequence(number, 0));
    for (long one : order()) {
      int place = (int) one & MOST - 1;
      if (seqs[place] == ALONE) {
        continue;
      }
      int room = starts[place + 1] - starts[place];
      key.putLong(Keys.PREFIX, seqs[place]);
      int length = tables.find(Family.BODIES, options, key.array(), bytes, starts[place], room);
      if (length != room) {
        seqs[place] = ALONE; // Not what its head says: whoever takes it finds out why.
      }
    }
  }

  private long[] order() {
    long[] order = new long[count];
    for (int i = 0; i < count; i++) {
      order[i] = seqs[i] << PLACE_BITS | i;
    }
    Arrays.sort(order);
    return order;
  }

  /** The record of the body that comes next; null when it is not this one. */
  @Nullable ByteBuffer take(long seq) {
    if (next == count) {
      return null;
    }
    int start = starts[next];
    boolean known = seqs[next] == seq;
    next++;
    return known ? ByteBuffer.wrap(bytes, start, starts[next] - start) : null;
  }
}
