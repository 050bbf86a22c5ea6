package org.skerry.document;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds what ends or interrupts a string of JSON, eight bytes at a time. */
public final class JsonBytes {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  private JsonBytes() {}

  /** The position of the next quote, or the end: half of what {@link #plain} looks for. */
  static int quote(byte[] in, int from) {
    int p = from;
    for (; p + Long.BYTES <= in.length; p += Long.BYTES) {
      long quote = (long) LONGS.get(in, p) ^ ONES * '"';
      long found = quote - ONES & ~quote & HIGH_BITS;
      if (found != 0) {
        return p + (Long.numberOfTrailingZeros(found) >>> 3);
      }
    }
    while (p < in.length && in[p] != '"') {
      p++;
    }
    return p;
  }

  /** The position of the next quote, backslash or control character, or {@code to}. */
  public static int plain(byte[] in, int from, int to) {
    int p = from;
    while (p + Long.BYTES <= to) {
      long eight = (long) LONGS.get(in, p);
      long quote = eight ^ ONES * '"';
      long backslash = eight ^ ONES * '\\';
      // The lowest bit that is found is right; those above it may be carries.
      long found =
          (eight - ONES * ' ' & ~eight | quote - ONES & ~quote | backslash - ONES & ~backslash)
              & HIGH_BITS;
      if (found != 0) {
        return p + (Long.numberOfTrailingZeros(found) >>> 3);
      }
      p += Long.BYTES;
    }
    while (p < to && in[p] != '"' && in[p] != '\\' && (in[p] < 0 || in[p] >= ' ')) {
      p++;
    }
    return p;
  }
}
