package org.skerry.store.subset;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.skerry.store.Seq;

/**
 * Where a reader stands who had nothing when it began: it gets the most urgent documents first, of
 * those the newest, and what left the site last. Behind this pass it goes on with the feed as it
 * was written.
 *
 * <p>All of it is in the position, so that the pass goes on after any break, and the node remembers
 * nothing. Rows that were overtaken meanwhile stand behind the pass. Its number is 0: who keeps of
 * a position but the number begins again, and misses nothing.
 *
 * @param end the pass is over the rows up to here
 * @param rank of the rows that it is at
 * @param before the rows of that rank that it has yet to read stand before
 */
record FirstPass(long end, int rank, long before) {
  private static final byte FORMAT = 1;
  private static final int BYTES = 1 + Long.BYTES + Short.BYTES + Long.BYTES;
  private static final int NO_RANK = -1;

  /** Behind all that urgency can say. */
  private static final int LEFT = 256;

  /** So many rows are read at once, and sorted: two walks for each rank cost more. */
  private static final int FEW = 1_000;

  /** So many rows are looked at for counting, no more. */
  private static final int COUNTED = 20_000;

  /** The beginning of a pass over all that is there. */
  static FirstPass begin(Seq end) {
    return new FirstPass(end.number(), NO_RANK, 0);
  }

  /** The pass that a position speaks of, if it does. */
  static Optional<FirstPass> of(Seq seq) {
    if (seq.position().length != BYTES || seq.position()[0] != FORMAT) {
      return Optional.empty();
    }
    ByteBuffer bytes = ByteBuffer.wrap(seq.position(), 1, BYTES - 1);
    return Optional.of(new FirstPass(bytes.getLong(), bytes.getShort(), bytes.getLong()));
  }

  Seq seq() {
    byte[] bytes =
        ByteBuffer.allocate(BYTES)
            .put(FORMAT)
            .putLong(end)
            .putShort((short) rank)
            .putLong(before)
            .array();
    return Seq.of(0, bytes);
  }

  private static int rank(SubsetRow row) {
    return row.left() ? LEFT : row.urgency();
  }

  /** Behind a row. */
  FirstPass behind(SubsetRow row) {
    return new FirstPass(end, rank(row), row.seq());
  }

  private boolean awaits(SubsetRow row) {
    return rank(row) > rank || rank(row) == rank && row.seq() < before;
  }

  /** All rows of a pass that begins, in its order, where they are few. */
  Optional<List<SubsetRow>> few(Subsets subsets, int feed) {
    if (rank != NO_RANK) {
      return Optional.empty();
    }
    List<SubsetRow> rows = new ArrayList<>();
    subsets.backwards(
        feed,
        end + 1,
        row -> {
          rows.add(row);
          return rows.size() <= FEW;
        });
    rows.sort(Comparator.comparingInt(FirstPass::rank));
    return rows.size() <= FEW ? Optional.of(rows) : Optional.empty();
  }

  /** The next rows of its rank, newest first. */
  List<SubsetRow> rows(Subsets subsets, int feed, int limit) {
    List<SubsetRow> rows = new ArrayList<>();
    if (rank != NO_RANK) {
      subsets.backwards(
          feed,
          before,
          row -> {
            if (rank(row) == rank) {
              rows.add(row);
            }
            return rows.size() < limit;
          });
    }
    return rows;
  }

  /** At the beginning of the next rank; nothing when there is none. */
  Optional<FirstPass> next(Subsets subsets, int feed) {
    int[] next = {Integer.MAX_VALUE};
    subsets.backwards(
        feed,
        end + 1,
        row -> {
          next[0] = rank(row) > rank ? Math.min(next[0], rank(row)) : next[0];
          return true;
        });
    return next[0] == Integer.MAX_VALUE
        ? Optional.empty()
        : Optional.of(new FirstPass(end, next[0], end + 1));
  }

  /** How many rows it has yet to read: of many, at least so many. */
  long pending(Subsets subsets, int feed) {
    long[] counts = new long[2];
    subsets.backwards(
        feed,
        end + 1,
        row -> {
          counts[0] += awaits(row) ? 1 : 0;
          return ++counts[1] < COUNTED;
        });
    return counts[0] + (counts[1] == COUNTED ? 1 : 0) + subsets.pending(feed, Seq.of(end));
  }
}
