package org.skerry.collation;

import java.math.BigDecimal;
import tools.jackson.databind.JsonNode;

/**
 * Numbers as bytes in the order of their exact values: sign, magnitude, digits. The number is
 * 0.d₁d₂… times ten to its magnitude, without zeros at either end, so that equal values have equal
 * bytes.
 */
final class NumberKeys {
  private static final byte NEGATIVE = 1;
  private static final byte ZERO = 2;
  private static final byte POSITIVE = 3;

  /** Magnitudes from here to there take one byte, others nine. */
  private static final int SHORT = 60;

  private static final int MIDDLE = 0x80;
  private static final int LOW = 0x40;
  private static final int HIGH = 0xc0;
  private static final int BASE = 10;

  /** Of doubles below it all integers are exact. */
  private static final double EXACT = 1L << 53;

  private NumberKeys() {}

  static void write(JsonNode number, KeyBuffer out) {
    if (ExactNumbers.isLong(number)) {
      writeLong(number.longValue(), out);
      return;
    }
    if (number.isDouble()) {
      double value = number.doubleValue();
      if (Math.abs(value) < EXACT && value == Math.rint(value)) {
        writeLong((long) value, out);
        return;
      }
    }
    BigDecimal decimal = ExactNumbers.decimal(number);
    String digits = decimal.unscaledValue().abs().toString();
    write(decimal.signum(), digits, digits.length() - (long) decimal.scale(), out);
  }

  private static void writeLong(long value, KeyBuffer out) {
    String text = Long.toString(value);
    String digits = value < 0 ? text.substring(1) : text;
    write(Long.signum(value), digits, digits.length(), out);
  }

  private static void write(int sign, String digits, long magnitude, KeyBuffer out) {
    if (sign == 0) {
      out.add(ZERO);
      return;
    }
    out.add(sign < 0 ? NEGATIVE : POSITIVE);
    int flip = sign < 0 ? 0xff : 0;
    if (magnitude >= -SHORT && magnitude <= SHORT) {
      out.add((byte) (MIDDLE + (int) magnitude ^ flip));
    } else {
      out.add((byte) ((magnitude < 0 ? LOW : HIGH) ^ flip));
      for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
        out.add((byte) ((magnitude ^ Long.MIN_VALUE) >>> shift ^ flip));
      }
    }
    int end = digits.length();
    while (digits.charAt(end - 1) == '0') {
      end--;
    }
    for (int i = 0; i < end; i += 2) {
      int pair = (digits.charAt(i) - '0') * BASE + (i + 1 < end ? digits.charAt(i + 1) - '0' : 0);
      out.add((byte) (pair + 1 ^ flip));
    }
    out.add((byte) flip);
  }

  /** The place behind the number whose sign stands there. */
  static int skip(byte[] key, int from) {
    byte sign = key[from];
    if (sign == ZERO) {
      return from + 1;
    }
    int flip = sign == NEGATIVE ? 0xff : 0;
    int magnitude = key[from + 1] & 0xff ^ flip;
    int digits = from + 2 + (magnitude == LOW || magnitude == HIGH ? Long.BYTES : 0);
    return CollatedKeys.indexOf(key, (byte) flip, digits) + 1;
  }
}
