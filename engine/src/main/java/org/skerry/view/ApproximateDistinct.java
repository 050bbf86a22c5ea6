package org.skerry.view;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.skerry.index.Reduction;
import org.skerry.index.Row;

/**
 * {@code _approx_count_distinct}: how many different keys, by HyperLogLog with as many registers as
 * CouchDB has, so with the same error of about 2 %.
 *
 * <pre>
 *   state = 0, (register (2), rank (1))*       of which few are set
 *         | 1, rank of each register (1)
 * </pre>
 *
 * The estimate is that of Otmar Ertl, "New cardinality estimation algorithms for HyperLogLog
 * sketches" (2017), which needs no tables and is good for small numbers, too.
 */
final class ApproximateDistinct implements Reduction {
  private static final int PRECISION = 11;
  private static final int REGISTERS = 1 << PRECISION;
  private static final int RANKS = Long.SIZE - PRECISION;
  private static final byte FEW = 0;
  private static final byte ALL = 1;
  private static final int BYTES_OF_FEW = 3;
  private static final double ALPHA = 0.5 / Math.log(2);

  @Override
  public byte[] reduce(List<Row> rows) {
    byte[] ranks = new byte[REGISTERS];
    for (Row row : rows) {
      long hash = hash(row.collatedKey());
      int register = (int) (hash >>> RANKS);
      int rank = Math.min(Long.numberOfLeadingZeros(hash << PRECISION), RANKS) + 1;
      ranks[register] = (byte) Math.max(ranks[register], rank);
    }
    return encode(ranks);
  }

  /** FNV-1a, and MurmurHash3's last step to spread it over all bits. */
  private static long hash(byte[] key) {
    long hash = 0xcbf29ce484222325L;
    for (byte octet : key) {
      hash = (hash ^ octet & 0xff) * 0x100000001b3L;
    }
    hash = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
    hash = (hash ^ hash >>> 33) * 0xc4ceb9fe1a85ec53L;
    return hash ^ hash >>> 33;
  }

  @Override
  public byte[] rereduce(List<byte[]> states) {
    byte[] ranks = new byte[REGISTERS];
    states.forEach(state -> merge(state, ranks));
    return encode(ranks);
  }

  private static void merge(byte[] state, byte[] ranks) {
    if (state[0] == ALL) {
      for (int i = 0; i < REGISTERS; i++) {
        ranks[i] = (byte) Math.max(ranks[i], state[1 + i]);
      }
      return;
    }
    ByteBuffer few = ByteBuffer.wrap(state, 1, state.length - 1);
    while (few.hasRemaining()) {
      int register = few.getShort();
      ranks[register] = (byte) Math.max(ranks[register], few.get());
    }
  }

  private static byte[] encode(byte[] ranks) {
    int set = 0;
    for (byte rank : ranks) {
      set += rank > 0 ? 1 : 0;
    }
    if (BYTES_OF_FEW * set >= REGISTERS) {
      return ByteBuffer.allocate(1 + REGISTERS).put(ALL).put(ranks).array();
    }
    ByteBuffer few = ByteBuffer.allocate(1 + BYTES_OF_FEW * set).put(FEW);
    for (int i = 0; i < REGISTERS; i++) {
      if (ranks[i] > 0) {
        few.putShort((short) i).put(ranks[i]);
      }
    }
    return few.array();
  }

  @Override
  public Reduced result(byte[] state) {
    byte[] ranks = new byte[REGISTERS];
    merge(state, ranks);
    return new Reduced.Value(
        Long.toString(Math.round(estimate(ranks))).getBytes(StandardCharsets.US_ASCII));
  }

  private static double estimate(byte[] ranks) {
    int[] count = new int[RANKS + 2];
    for (byte rank : ranks) {
      count[rank]++;
    }
    double z = REGISTERS * tau(1 - (double) count[RANKS + 1] / REGISTERS);
    for (int rank = RANKS; rank >= 1; rank--) {
      z = (z + count[rank]) / 2;
    }
    z += REGISTERS * sigma((double) count[0] / REGISTERS);
    return ALPHA * REGISTERS * REGISTERS / z;
  }

  private static double sigma(double share) {
    if (share == 1) {
      return Double.POSITIVE_INFINITY;
    }
    double x = share;
    double y = 1;
    double z = x;
    double before;
    do {
      x *= x;
      before = z;
      z += x * y;
      y += y;
    } while (z != before);
    return z;
  }

  private static double tau(double share) {
    if (share == 0 || share == 1) {
      return 0;
    }
    double x = share;
    double y = 1;
    double z = 1 - x;
    double before;
    do {
      x = Math.sqrt(x);
      before = z;
      y /= 2;
      z -= (1 - x) * (1 - x) * y;
    } while (z != before);
    return z / 3;
  }
}
