package org.skerry.index;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A node of a view's tree, over the bytes that are stored: entries can be reached one by one
 * without reading the others.
 *
 * <pre>
 *   node  = kind (1: leaf, 2: inner) | entries (4) | end of each entry (4 each) | entry*
 *   leaf's entry   = length of collated key, row key, JSON key | row key | JSON key | JSON value
 *   inner's entry  = length of low | id, bytes, rows of the child | low | (length, state) of each reduction
 * </pre>
 *
 * Lengths and numbers within entries are {@link Varint}s. {@code low} is a lower bound of the
 * child's rows and above all rows before them; the first child's does not count.
 */
final class Node {
  static final byte LEAF = 1;
  static final byte INNER = 2;
  static final int HEADER = 5;

  /** A leaf without rows; never stored. */
  static final Node EMPTY = new Node(new byte[] {LEAF, 0, 0, 0, 0});

  private final byte[] bytes;
  private final int count;
  private final int body;

  /** Whether its children are known to be leaves, as all of an inner node's are or none. */
  private boolean aboveLeaves;

  Node(byte[] bytes) {
    this.bytes = bytes;
    this.count = ByteBuffer.wrap(bytes).getInt(1);
    this.body = HEADER + Integer.BYTES * count;
    if (bytes[0] != LEAF && bytes[0] != INNER || count < 0 || body > bytes.length) {
      throw new IllegalArgumentException("no node of a view's tree");
    }
  }

  boolean isLeaf() {
    return bytes[0] == LEAF;
  }

  boolean isAboveLeaves() {
    return aboveLeaves;
  }

  /** A child was read, and is a leaf. Threads that do not see it yet read one more. */
  void foundAboveLeaves() {
    aboveLeaves = true;
  }

  /** How many entries it has. */
  int count() {
    return count;
  }

  byte[] bytes() {
    return bytes;
  }

  /** Where an entry begins; that of {@link #count} is the end of the last. */
  int start(int entry) {
    if (entry == 0) {
      return body;
    }
    int at = HEADER + Integer.BYTES * (entry - 1);
    return body
        + ((bytes[at] & 0xff) << 24
            | (bytes[at + 1] & 0xff) << 16
            | (bytes[at + 2] & 0xff) << 8
            | bytes[at + 3] & 0xff);
  }

  /** The first row that is not below the key. */
  int firstFrom(byte[] key) {
    return firstFrom(key, 0, count);
  }

  /** The same of the entries from one to before another; where it is known to be. */
  int firstFrom(byte[] key, int from, int to) {
    int low = from;
    int high = to;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (LeafEntry.compare(bytes, start(middle), key) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The child in whose part of the order the key is. */
  int childOf(byte[] key) {
    return lastChild(key, 0, count - 1, 0);
  }

  /** The same of the children from one on, where it is not before. */
  int childOf(byte[] key, int from) {
    // Who goes on to the next child mostly finds the key in it.
    boolean here = from + 1 == count || compareLow(from + 1, key) > 0;
    return here ? from : lastChild(key, from + 1, count - 1, 0);
  }

  /** The last child up to one that may have rows below the key; the first when none has. */
  int childBefore(byte[] key, int to) {
    boolean here = to == 0 || compareLow(to, key) < 0;
    return here ? to : lastChild(key, 0, to - 1, -1);
  }

  /** The last child whose lower bound compares so or less, as far as they are between two. */
  private int lastChild(byte[] key, int from, int to, int most) {
    int low = from;
    int high = to;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (compareLow(middle, key) <= most) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /** How a child's lower bound compares with a row key. */
  int compareLow(int entry, byte[] key) {
    int at = start(entry);
    int length = (int) Varint.read(bytes, at);
    int from = skip(at, 4);
    return Arrays.compareUnsigned(bytes, from, from + length, key, 0, key.length);
  }

  /** How a child's lower bound compares with a row's key. */
  int compareLow(int entry, LeafEntry row) {
    int at = start(entry);
    int length = (int) Varint.read(bytes, at);
    int from = skip(at, 4);
    return row.compareBack(bytes, from, from + length);
  }

  private int skip(int from, int numbers) {
    int at = from;
    for (int i = 0; i < numbers; i++) {
      at = Varint.skip(bytes, at);
    }
    return at;
  }

  long childId(int entry) {
    return Varint.read(bytes, skip(start(entry), 1));
  }

  long childRows(int entry) {
    return Varint.read(bytes, skip(start(entry), 3));
  }

  /** The state of one of the reductions over a child's rows. */
  byte[] childState(int entry, int reduction) {
    int at = start(entry);
    int state = skip(at, 4) + (int) Varint.read(bytes, at);
    for (int i = 0; i < reduction; i++) {
      state = Varint.skip(bytes, state) + (int) Varint.read(bytes, state);
    }
    int from = Varint.skip(bytes, state);
    return Arrays.copyOfRange(bytes, from, from + (int) Varint.read(bytes, state));
  }

  /** A child with all that is known of it here. */
  Child child(int entry, int reductions) {
    int at = start(entry);
    int lowLength = (int) Varint.read(bytes, at);
    at = Varint.skip(bytes, at);
    long id = Varint.read(bytes, at);
    at = Varint.skip(bytes, at);
    int size = (int) Varint.read(bytes, at);
    at = Varint.skip(bytes, at);
    long rows = Varint.read(bytes, at);
    at = Varint.skip(bytes, at);
    byte[] low = Arrays.copyOfRange(bytes, at, at + lowLength);
    byte[][] states = new byte[reductions][];
    for (int i = 0; i < reductions; i++) {
      states[i] = childState(entry, i);
    }
    return new Child(low, id, size, rows, states);
  }

  LeafEntry row(int entry) {
    return new LeafEntry(bytes, start(entry), start(entry + 1));
  }
}
