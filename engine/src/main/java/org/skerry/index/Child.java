package org.skerry.index;

import java.util.Arrays;

/**
 * What a node's parent knows of it.
 *
 * @param low a lower bound of its rows, above all rows before them
 * @param id under which it is stored
 * @param size its bytes
 * @param rows how many rows are below it
 * @param states of the view's reductions over these rows
 */
record Child(byte[] low, long id, int size, long rows, byte[][] states) {
  Child withLow(byte[] other) {
    return new Child(other, id, size, rows, states);
  }

  /** It as an entry of an inner node. */
  byte[] entry() {
    int length =
        Varint.length(low.length)
            + Varint.length(id)
            + Varint.length(size)
            + Varint.length(rows)
            + low.length;
    for (byte[] state : states) {
      length += Varint.length(state.length) + state.length;
    }
    byte[] entry = new byte[length];
    int at = Varint.write(entry, 0, low.length);
    at = Varint.write(entry, at, id);
    at = Varint.write(entry, at, size);
    at = Varint.write(entry, at, rows);
    System.arraycopy(low, 0, entry, at, low.length);
    at += low.length;
    for (byte[] state : states) {
      at = Varint.write(entry, at, state.length);
      System.arraycopy(state, 0, entry, at, state.length);
      at += state.length;
    }
    return entry;
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof Child other
        && id == other.id
        && size == other.size
        && rows == other.rows
        && Arrays.equals(low, other.low)
        && Arrays.deepEquals(states, other.states);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(id);
  }
}
