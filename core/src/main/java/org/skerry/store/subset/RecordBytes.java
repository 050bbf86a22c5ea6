package org.skerry.store.subset;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes of a record, on their way in or out. One thread. */
final class RecordBytes {
  private static final int FIRST_ROOM = 48;

  private byte[] bytes;
  private int at;

  /** A record to be written. */
  RecordBytes() {
    bytes = new byte[FIRST_ROOM];
  }

  /** A record to be read. */
  RecordBytes(byte[] record) {
    bytes = record;
  }

  private void room(int more) {
    if (at + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, at + more));
    }
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
