package org.skerry.multipart;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The bytes that stand between parts: line break, two hyphens, boundary. Searched by Horspool's
 * variant of Boyer and Moore: it looks at one byte in as many as the delimiter is long.
 */
final class Delimiter {
  /** RFC 2046 allows 70 characters; some senders do not count. */
  static final int MAX_BOUNDARY = 200;

  private final byte[] bytes;
  private final int[] skip = new int[256];

  private Delimiter(byte[] bytes) {
    this.bytes = bytes;
    Arrays.fill(skip, bytes.length);
    for (int i = 0; i < bytes.length - 1; i++) {
      skip[bytes[i] & 0xff] = bytes.length - 1 - i;
    }
  }

  /** The delimiter of a boundary, which must be {@linkplain #isBoundary one}. */
  static Delimiter of(String boundary) {
    return new Delimiter(("\r\n--" + boundary).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Whether a text can be a boundary: not empty, not too long, printable ASCII, no blank at the
   * end.
   */
  static boolean isBoundary(String text) {
    return !text.isEmpty()
        && text.length() <= MAX_BOUNDARY
        && !text.endsWith(" ")
        && text.chars().allMatch(c -> c >= ' ' && c <= '~');
  }

  int length() {
    return bytes.length;
  }

  /** Where it first stands as a whole; -1 when it does not. */
  int indexIn(byte[] buffer, int from, int to) {
    int last = bytes.length - 1;
    int at = from;
    while (at + last < to) {
      byte end = buffer[at + last];
      if (end == bytes[last] && Arrays.equals(buffer, at, at + last, bytes, 0, last)) {
        return at;
      }
      at += skip[end & 0xff];
    }
    return -1;
  }

  /** Whether what stands there is it, or its beginning, cut off by the end of what was read. */
  boolean mayBeginAt(byte[] buffer, int from, int to) {
    int known = Math.min(bytes.length, to - from);
    return Arrays.equals(buffer, from, from + known, bytes, 0, known);
  }
}
