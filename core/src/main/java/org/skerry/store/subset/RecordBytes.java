package org.skerry.store.subset;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.skerry.store.StoreException;

/** Bytes of a record, on their way in or out. One thread. */
final class RecordBytes {
  private static final int SMALL = 48;

  /** Some Java machines have no array of the last few lengths. */
  private static final int MOST = Integer.MAX_VALUE - 8;

  private byte[] bytes;
  private int at;

  /** A small record to be written. */
  RecordBytes() {
    this(SMALL);
  }

  /**
   * A record to be written.
   *
   * @param length about as many bytes as it will have, rather more
   */
  RecordBytes(int length) {
    bytes = new byte[length];
  }

  /** A record to be read. */
  RecordBytes(byte[] record) {
    bytes = record;
  }

  private void room(int more) {
    if (more > bytes.length - at) {
      bytes = Arrays.copyOf(bytes, grown(bytes.length, at, more));
    }
  }

  /**
   * How long an array has to be for some bytes more.
   *
   * @throws StoreException when no array is as long: whoever writes so much at once is refused
   */
  static int grown(int length, int used, int more) {
    if (more > MOST - used) {
      throw new StoreException(
          "a record of sites' rows would be longer than "
              + MOST
              + " bytes: write fewer documents at once");
    }
    return Math.max((int) Math.min(MOST, 2L * length), used + more);
  }

  void put(int value) {
    room(1);
    bytes[at++] = (byte) value;
  }

  /** A number that is not negative: seven bits a byte, the lowest first. */
  void number(long value) {
    room(9);
    long rest = value;
    while (rest > 0x7f) {
      bytes[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[at++] = (byte) rest;
  }

  void bytes(byte[] some) {
    number(some.length);
    room(some.length);
    System.arraycopy(some, 0, bytes, at, some.length);
    at += some.length;
  }

  /** How many bytes were written. */
  int length() {
    return at;
  }

  byte[] toArray() {
    return Arrays.copyOf(bytes, at);
  }

  /** Whether there is something to be taken. */
  boolean isLeft() {
    return at < bytes.length;
  }

  int take() {
    return bytes[at++] & 0xff;
  }

  long number() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE - 1; shift += 7) {
      int next = take();
      value |= (long) (next & 0x7f) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw new IllegalArgumentException("a number is too long");
  }

  int count() {
    return Math.toIntExact(number());
  }

  byte[] bytes() {
    int length = count();
    byte[] some = Arrays.copyOfRange(bytes, at, Math.addExact(at, length));
    skip(length);
    return some;
  }

  String text() {
    int length = count();
    String text = new String(bytes, at, length, StandardCharsets.UTF_8);
    at += length;
    return text;
  }

  private void skip(int length) {
    at += length;
    if (at > bytes.length) {
      throw new IllegalArgumentException("a record ends early");
    }
  }
}
