package org.skerry.index;

import java.util.Arrays;
import org.skerry.collation.CollatedKeys;
import org.skerry.document.DocId;

/** A row where it stands in a leaf's bytes. */
final class LeafEntry implements Row, Comparable<LeafEntry> {
  private static final byte[] NOTHING = {};

  private final byte[] bytes;
  private final int from;
  private final int to;
  private final int collatedLength;
  private final int rowKey;
  private final int key;
  private final int value;

  LeafEntry(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.from = from;
    this.to = to;
    this.collatedLength = (int) Varint.read(bytes, from);
    int at = Varint.skip(bytes, from);
    int rowKeyLength = (int) Varint.read(bytes, at);
    at = Varint.skip(bytes, at);
    int keyLength = (int) Varint.read(bytes, at);
    this.rowKey = Varint.skip(bytes, at);
    this.key = rowKey + rowKeyLength;
    this.value = key + keyLength;
  }

  /** A row as it will stand in a leaf. */
  static byte[] of(int collatedLength, byte[] rowKey, byte[] key, byte[] value) {
    byte[] entry =
        new byte
            [Varint.length(collatedLength)
                + Varint.length(rowKey.length)
                + Varint.length(key.length)
                + rowKey.length
                + key.length
                + value.length];
    int at = Varint.write(entry, 0, collatedLength);
    at = Varint.write(entry, at, rowKey.length);
    at = Varint.write(entry, at, key.length);
    System.arraycopy(rowKey, 0, entry, at, rowKey.length);
    at += rowKey.length;
    System.arraycopy(key, 0, entry, at, key.length);
    System.arraycopy(value, 0, entry, at + key.length, value.length);
    return entry;
  }

  /** An entry that names a row and holds nothing of it. */
  static LeafEntry named(int collatedLength, byte[] rowKey) {
    byte[] entry = of(collatedLength, rowKey, NOTHING, NOTHING);
    return new LeafEntry(entry, 0, entry.length);
  }

  /** How the row key of the entry that begins there compares with another. */
  static int compare(byte[] bytes, int from, byte[] other) {
    int lengthAt = Varint.skip(bytes, from);
    int length = (int) Varint.read(bytes, lengthAt);
    int start = Varint.skip(bytes, Varint.skip(bytes, lengthAt));
    return Arrays.compareUnsigned(bytes, start, start + length, other, 0, other.length);
  }

  int length() {
    return to - from;
  }

  void copyTo(byte[] target, int at) {
    System.arraycopy(bytes, from, target, at, to - from);
  }

  boolean sameAs(LeafEntry other) {
    return Arrays.equals(bytes, from, to, other.bytes, other.from, other.to);
  }

  byte[] rowKey() {
    return Arrays.copyOfRange(bytes, rowKey, key);
  }

  /** How the row key of the entry that begins there in other bytes compares with this one. */
  int compareBack(byte[] others, int start) {
    int lengthAt = Varint.skip(others, start);
    int length = (int) Varint.read(others, lengthAt);
    int at = Varint.skip(others, Varint.skip(others, lengthAt));
    return Arrays.compareUnsigned(others, at, at + length, bytes, rowKey, key);
  }

  /** How bytes compare with this row's key. */
  int compareBack(byte[] others, int start, int end) {
    return Arrays.compareUnsigned(others, start, end, bytes, rowKey, key);
  }

  /** Rows are in the order of their row keys. */
  @Override
  public int compareTo(LeafEntry other) {
    return Arrays.compareUnsigned(bytes, rowKey, key, other.bytes, other.rowKey, other.key);
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof LeafEntry other && sameAs(other);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(rowKey());
  }

  int compare(byte[] other) {
    return Arrays.compareUnsigned(bytes, rowKey, key, other, 0, other.length);
  }

  @Override
  public DocId id() {
    return RowKeys.id(bytes, rowKey + collatedLength, key);
  }

  @Override
  public byte[] collatedKey() {
    return Arrays.copyOfRange(bytes, rowKey, rowKey + collatedLength);
  }

  /**
   * The edge of its group in a direction: what the row keys of the group begin with, or upwards
   * what is above all that begin so. An array's first elements make a group, or a whole key.
   */
  byte[] groupEdge(int level, boolean descending) {
    int end = CollatedKeys.groupEnd(bytes, rowKey, level);
    if (descending) {
      return Arrays.copyOfRange(bytes, rowKey, end);
    }
    byte[] edge = Arrays.copyOfRange(bytes, rowKey, end + 1);
    edge[end - rowKey] = CollatedKeys.ABOVE;
    return edge;
  }

  @Override
  public byte[] key() {
    return Arrays.copyOfRange(bytes, key, value);
  }

  @Override
  public byte[] value() {
    return Arrays.copyOfRange(bytes, value, to);
  }
}
