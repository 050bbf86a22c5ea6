package org.skerry.index;

/** Numbers from 0 in as many bytes as they need, seven bits each, the low ones first. */
final class Varint {
  private static final int BITS = 7;
  private static final int MORE = 0x80;

  private Varint() {}

  static int length(long value) {
    int length = 1;
    for (long rest = value >>> BITS; rest != 0; rest >>>= BITS) {
      length++;
    }
    return length;
  }

  /** Writes a number and returns the place behind it. */
  static int write(byte[] bytes, int from, long value) {
    int at = from;
    long rest = value;
    while (rest >>> BITS != 0) {
      bytes[at++] = (byte) (rest | MORE);
      rest >>>= BITS;
    }
    bytes[at++] = (byte) rest;
    return at;
  }

  static long read(byte[] bytes, int from) {
    long value = 0;
    int shift = 0;
    int at = from;
    while (bytes[at] < 0) {
      value |= (long) (bytes[at++] & MORE - 1) << shift;
      shift += BITS;
    }
    return value | (long) bytes[at] << shift;
  }

  /** The place behind the number that begins there. */
  static int skip(byte[] bytes, int from) {
    int at = from;
    while (bytes[at] < 0) {
      at++;
    }
    return at + 1;
  }
}
