package org.skerry.document;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Well-formedness of UTF-8 (Unicode, table 3-7), eight bytes of ASCII at a time. */
final class Utf8 {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final long HIGH_BITS = 0x8080808080808080L;

  private Utf8() {}

  /**
   * Refuses JSON whose bytes are something else.
   *
   * @throws BadDocumentException of kind BAD_JSON
   */
  static void expect(byte[] json) {
    int malformed = firstMalformed(json, 0, json.length);
    if (malformed >= 0) {
      throw new BadDocumentException(
          BadDocumentException.Kind.BAD_JSON,
          "invalid UTF-8 JSON: malformed UTF-8 at byte " + malformed);
    }
  }

  /** The position of the first byte that is not UTF-8, or -1 when all is well. */
  static int firstMalformed(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to) {
      if (i + Long.BYTES <= to && ((long) LONGS.get(bytes, i) & HIGH_BITS) == 0) {
        i += Long.BYTES;
      } else if (bytes[i] >= 0) {
        i++;
      } else {
        int length = sequenceLength(bytes, i, to);
        if (length == 0) {
          return i;
        }
        i += length;
      }
    }
    return -1;
  }

  /** The length of the multi-byte sequence at the position; 0 when it is malformed. */
  private static int sequenceLength(byte[] bytes, int at, int to) {
    int lead = bytes[at] & 0xff;
    int length = lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
    if (length == 0 || at + length > to) {
      return 0;
    }
    for (int i = at + 1; i < at + length; i++) {
      if ((bytes[i] & 0xc0) != 0x80) {
        return 0;
      }
    }
    int second = bytes[at + 1] & 0xff;
    boolean overlongOrSurrogate =
        lead == 0xe0 && second < 0xa0
            || lead == 0xed && second > 0x9f
            || lead == 0xf0 && second < 0x90
            || lead == 0xf4 && second > 0x8f;
    return overlongOrSurrogate ? 0 : length;
  }
}
