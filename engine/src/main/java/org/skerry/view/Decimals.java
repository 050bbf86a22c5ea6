package org.skerry.view;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.skerry.collation.ExactNumbers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BigIntegerNode;
import tools.jackson.databind.node.DecimalNode;
import tools.jackson.databind.node.LongNode;

/**
 * Calculates with the numbers of JSON, exactly. In that sums do not depend on the order of adding,
 * and CouchDB's 0.1 + 0.2 is 0.3 here.
 */
final class Decimals {
  /** Beyond what a double can hold: to add such numbers would write out their zeros. */
  private static final int LARGEST_EXPONENT = 400;

  private Decimals() {}

  /** A number with which nobody can calculate here. */
  static final class BeyondRangeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BeyondRangeException(JsonNode number) {
      super("a number beyond the range of 64-bit floating point: " + number);
    }
  }

  static JsonNode add(JsonNode a, JsonNode b) {
    if (isLong(a) && isLong(b)) {
      long sum = a.longValue() + b.longValue();
      boolean overflow = ((a.longValue() ^ sum) & (b.longValue() ^ sum)) < 0;
      if (!overflow) {
        return LongNode.valueOf(sum);
      }
    }
    return node(decimal(a).add(decimal(b)));
  }

  static JsonNode square(JsonNode a) {
    BigDecimal value = decimal(a);
    return node(value.multiply(value));
  }

  static JsonNode smaller(JsonNode a, JsonNode b) {
    return decimal(a).compareTo(decimal(b)) <= 0 ? a : b;
  }

  static JsonNode greater(JsonNode a, JsonNode b) {
    return decimal(a).compareTo(decimal(b)) >= 0 ? a : b;
  }

  private static boolean isLong(JsonNode number) {
    return number.isLong() || number.isInt();
  }

  private static BigDecimal decimal(JsonNode number) {
    BigDecimal value = ExactNumbers.decimal(number);
    // A square has twice the exponent, and is summed, too.
    long exponent = Math.abs((long) value.precision() - value.scale());
    if (exponent > 2 * LARGEST_EXPONENT) {
      throw new BeyondRangeException(number);
    }
    return value;
  }

  private static JsonNode node(BigDecimal value) {
    BigDecimal plain = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    if (plain.scale() > 0) {
      return DecimalNode.valueOf(plain);
    }
    BigInteger integer = plain.toBigInteger();
    return integer.bitLength() < Long.SIZE
        ? LongNode.valueOf(integer.longValue())
        : BigIntegerNode.valueOf(integer);
  }
}
