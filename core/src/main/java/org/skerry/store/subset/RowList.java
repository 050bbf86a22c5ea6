package org.skerry.store.subset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Rows of one feed, oldest first, one at each position, in arrays of up to {@value #MOST} rows: a
 * map has an object or two for each row, which the collector copies until the rows are filed.
 * Immutable, and what follows copies only those arrays in which it differs. Any thread.
 */
final class RowList {
  static final RowList NONE = new RowList(List.of());

  /** What a change of one row copies. */
  private static final int MOST = 64;

  private static final int FIRST_ROOM = 4;

  /** None is empty; all rows of one stand in front of those of the next. */
  private final List<Chunk> chunks;

  private RowList(List<Chunk> chunks) {
    this.chunks = chunks;
  }

  boolean isEmpty() {
    return chunks.isEmpty();
  }

  /** The rows between two positions, both included. */
  Iterator<RowPage.Row> rows(long least, long most, boolean descending) {
    return new Rows(least, most, descending);
  }

  /** Begins a list that differs from this one. */
  Changing change() {
    return new Changing(new ArrayList<>(chunks));
  }

  /** The last chunk that begins in front of a position or there, else the first. */
  private static int chunkOf(List<Chunk> chunks, long seq) {
    int low = 0;
    int high = chunks.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (chunks.get(middle).seqs[0] <= seq) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /** Some rows that follow one another. Changes only while it is open, which nobody else sees. */
  private static final class Chunk {
    private long[] seqs;
    private byte[][] values;
    private int size;
    private boolean open = true;

    Chunk(long[] seqs, byte[][] values, int size) {
      this.seqs = seqs;
      this.values = values;
      this.size = size;
    }

    static Chunk empty() {
      return new Chunk(new long[FIRST_ROOM], new byte[FIRST_ROOM][], 0);
    }

    Chunk copy(int from, int to) {
      int room = Math.max(FIRST_ROOM, to - from);
      return new Chunk(
          Arrays.copyOfRange(seqs, from, from + room),
          Arrays.copyOfRange(values, from, from + room),
          to - from);
    }

    /** The index of a position, or as {@link Arrays#binarySearch} says where it would be. */
    int find(long seq) {
      // Mostly it comes behind the last.
      return size > 0 && seqs[size - 1] < seq ? -size - 1 : Arrays.binarySearch(seqs, 0, size, seq);
    }

    void insert(int at, long seq, byte[] value) {
      if (size == seqs.length) {
        seqs = Arrays.copyOf(seqs, 2 * size);
        values = Arrays.copyOf(values, 2 * size);
      }
      System.arraycopy(seqs, at, seqs, at + 1, size - at);
      System.arraycopy(values, at, values, at + 1, size - at);
      seqs[at] = seq;
      values[at] = value;
      size++;
    }

    void remove(int at) {
      size--;
      System.arraycopy(seqs, at + 1, seqs, at, size - at);
      System.arraycopy(values, at + 1, values, at, size - at);
    }
  }

  /** A list on its way. One thread. */
  static final class Changing {
    private final List<Chunk> chunks;

    private Changing(List<Chunk> chunks) {
      this.chunks = chunks;
    }

    /**
     * Puts a row where it stands; one that stood there goes.
     *
     * @param value as {@link SubsetRow} has it, shared; empty to say that a row was taken out
     */
    void put(long seq, byte[] value) {
      if (chunks.isEmpty()) {
        chunks.add(Chunk.empty());
      }
      int which = chunkOf(chunks, seq);
      Chunk chunk = open(which);
      int found = chunk.find(seq);
      if (found >= 0) {
        chunk.values[found] = value;
      } else if (chunk.size < MOST) {
        chunk.insert(-found - 1, seq, value);
      } else {
        boolean behind = -found - 1 == MOST;
        int half = MOST / 2;
        chunks.add(which + 1, behind ? Chunk.empty() : chunk.copy(half, MOST));
        if (behind) {
          chunks.get(which + 1).insert(0, seq, value);
        } else {
          chunks.set(which, chunk.copy(0, half));
          put(seq, value);
        }
      }
    }

    /** Leaves nothing where a row may have stood. */
    void remove(long seq) {
      int which = chunkOf(chunks, seq);
      int found = chunks.isEmpty() ? -1 : chunks.get(which).find(seq);
      if (found >= 0) {
        Chunk chunk = open(which);
        chunk.remove(found);
        if (chunk.size == 0) {
          chunks.remove(which);
        }
      }
    }

    private Chunk open(int which) {
      Chunk chunk = chunks.get(which);
      if (!chunk.open) {
        chunk = chunk.copy(0, chunk.size);
        chunks.set(which, chunk);
      }
      return chunk;
    }

    /** The list; nothing is changed behind that. */
    RowList done() {
      for (Chunk chunk : chunks) {
        chunk.open = false;
      }
      return chunks.isEmpty() ? NONE : new RowList(chunks);
    }
  }

  private final class Rows implements Iterator<RowPage.Row> {
    private final long least;
    private final long most;
    private final int step;
    private int which;
    private int at;

    Rows(long least, long most, boolean descending) {
      this.least = least;
      this.most = most;
      this.step = descending ? -1 : 1;
      this.which = chunkOf(chunks, descending ? most : least);
      if (!chunks.isEmpty()) {
        int found = chunks.get(which).find(descending ? most : least);
        int behind = found < 0 ? -found - 1 : found;
        this.at = descending && found < 0 ? behind - 1 : behind;
        settle();
      }
    }

    /** Goes over to the next chunk where this one has no more. */
    private void settle() {
      if (at < 0 || at >= chunks.get(which).size) {
        which += step;
        at = step > 0 || which < 0 ? 0 : chunks.get(which).size - 1;
      }
    }

    @Override
    public boolean hasNext() {
      if (which < 0 || which >= chunks.size()) {
        return false;
      }
      long seq = chunks.get(which).seqs[at];
      return seq >= least && seq <= most;
    }

    @Override
    public RowPage.Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      Chunk chunk = chunks.get(which);
      RowPage.Row row = new RowPage.Row(chunk.seqs[at], chunk.values[at]);
      at += step;
      settle();
      return row;
    }
  }
}
