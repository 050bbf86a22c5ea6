package org.skerry.collation;

import java.math.BigDecimal;
import java.math.BigInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BigIntegerNode;
import tools.jackson.databind.node.DecimalNode;
import tools.jackson.databind.node.LongNode;

/**
 * Numbers of JSON text, exact to {@value #MAX_DIGITS} digits and safe beyond: {@code 1}, {@code
 * 1.0} and {@code 1e0} are equal, {@code 0.1} is not {@code 0.1000000000000000055}.
 *
 * <p>CouchDB rounds to 64-bit floating point. Here digits count, because a record's number may be
 * an identifier.
 */
public final class ExactNumbers {
  /** Of longer numbers this many leading digits count: converting all would take quadratic time. */
  static final int MAX_DIGITS = 1000;

  /**
   * What stands for magnitudes whose exponent has more than 31 bits. Nothing ever writes out its
   * digits.
   */
  private static final BigDecimal HUGE = BigDecimal.valueOf(1, -Integer.MAX_VALUE);

  private static final int DIGITS_OF_LONG = 18;
  private static final long EXPONENT_LIMIT = 1L << 40;

  private ExactNumbers() {}

  /** The number of a JSON number's text, which must be well-formed. */
  public static JsonNode parse(String text) {
    boolean integral = isIntegral(text);
    if (integral && text.length() <= DIGITS_OF_LONG) {
      return LongNode.valueOf(Long.parseLong(text));
    }
    if (text.length() > MAX_DIGITS) {
      return DecimalNode.valueOf(abridged(text));
    }
    if (integral) {
      return BigIntegerNode.valueOf(new BigInteger(text));
    }
    try {
      return DecimalNode.valueOf(new BigDecimal(text));
    } catch (NumberFormatException beyondIntExponent) {
      return DecimalNode.valueOf(abridged(text));
    }
  }

  static int compare(JsonNode a, JsonNode b) {
    if (isLong(a) && isLong(b)) {
      return Long.compare(a.longValue(), b.longValue());
    }
    return decimal(a).compareTo(decimal(b));
  }

  static boolean isLong(JsonNode number) {
    return number.isLong() || number.isInt() || number.isShort();
  }

  /**
   * The number's exact value. Comparing two never expands the exponent: BigDecimal looks at
   * magnitudes first.
   */
  public static BigDecimal decimal(JsonNode number) {
    if (number.isDouble() || number.isFloat()) {
      double value = number.doubleValue();
      if (Double.isInfinite(value) || Double.isNaN(value)) {
        return value < 0 ? HUGE.negate() : HUGE;
      }
      return BigDecimal.valueOf(value);
    }
    return number.decimalValue();
  }

  private static boolean isIntegral(String text) {
    for (int i = text.charAt(0) == '-' ? 1 : 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return false;
      }
    }
    return true;
  }

  /** Reads a number's leading digits and its magnitude in linear time. */
  private static BigDecimal abridged(String text) {
    boolean negative = text.charAt(0) == '-';
    StringBuilder digits = new StringBuilder();
    // The power of ten of the last digit kept.
    long exponent = 0;
    boolean afterPoint = false;
    int i = negative ? 1 : 0;
    for (; i < text.length() && (text.charAt(i) | 0x20) != 'e'; i++) {
      char c = text.charAt(i);
      if (c == '.') {
        afterPoint = true;
        continue;
      }
      boolean kept = digits.length() < MAX_DIGITS;
      if (kept && (c != '0' || !digits.isEmpty())) {
        digits.append(c);
      }
      exponent += (kept ? 0 : 1) - (afterPoint ? 1 : 0);
    }
    if (digits.isEmpty()) {
      return BigDecimal.ZERO;
    }
    exponent += i < text.length() ? exponent(text, i + 1) : 0;
    BigDecimal magnitude = magnitude(digits.toString(), exponent);
    return negative ? magnitude.negate() : magnitude;
  }

  private static BigDecimal magnitude(String digits, long exponent) {
    if (exponent > Integer.MAX_VALUE - MAX_DIGITS) {
      return HUGE;
    }
    if (exponent < -Integer.MAX_VALUE + MAX_DIGITS) {
      // Too small to tell from each other, yet not zero.
      return BigDecimal.valueOf(1, Integer.MAX_VALUE);
    }
    return new BigDecimal(new BigInteger(digits), (int) -exponent);
  }

  private static long exponent(String text, int from) {
    boolean negative = text.charAt(from) == '-';
    long value = 0;
    for (int i = from; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (digit >= 0 && digit <= 9 && value < EXPONENT_LIMIT) {
        value = value * 10 + digit;
      }
    }
    return negative ? -value : value;
  }
}
