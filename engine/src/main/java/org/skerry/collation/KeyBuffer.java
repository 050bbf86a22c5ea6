package org.skerry.collation;

import java.util.Arrays;

/** Bytes that grow. One thread. */
final class KeyBuffer {
  private byte[] bytes = new byte[256];
  private int used;

  void clear() {
    used = 0;
  }

  void add(byte octet) {
    if (used == bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * used);
    }
    bytes[used++] = octet;
  }

  void add(byte[] more) {
    if (more.length > bytes.length - used) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, used + more.length));
    }
    System.arraycopy(more, 0, bytes, used, more.length);
    used += more.length;
  }

  /** What was added, as an array of its own. */
  byte[] bytes() {
    return Arrays.copyOf(bytes, used);
  }
}
