package org.skerry.fhir.search.extract;

import java.math.BigDecimal;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.DecimalNode;

/** Decimals as they are compared: by value, within what a person could mean. */
public final class Decimals {
  /** Below every value. */
  public static final BigDecimal LOWEST = new BigDecimal("-1E200");

  /** Above every value. */
  public static final BigDecimal HIGHEST = new BigDecimal("1E200");

  private static final int MAX_CHARS = 60;
  private static final int MAX_SCALE = 100;

  private Decimals() {}

  /** The number that an element is; nothing when it is none, or beyond all bounds. */
  static Optional<BigDecimal> read(JsonNode element) {
    return element.isNumber() ? parse(element.asString()) : Optional.empty();
  }

  /** The number that a text is; nothing when it is none, or beyond all bounds. */
  public static Optional<BigDecimal> parse(String text) {
    if (text.isEmpty() || text.length() > MAX_CHARS) {
      return Optional.empty();
    }
    try {
      BigDecimal value = new BigDecimal(text);
      return Math.abs((long) value.scale()) <= MAX_SCALE ? Optional.of(value) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** As an element of a key. */
  public static JsonNode node(BigDecimal value) {
    return DecimalNode.valueOf(value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros());
  }
}
