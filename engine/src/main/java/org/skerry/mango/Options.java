package org.skerry.mango;

import java.math.BigInteger;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Reads the members of a request one by one, each once, and at the end refuses what nobody asked
 * for. Reasons are those of {@code mango_opts}.
 */
final class Options {
  private final JsonNode request;
  private final Set<String> asked = new HashSet<>();

  Options(JsonNode request) {
    if (!request.isObject()) {
      throw MangoException.bad("bad_request", "Request body must be a JSON object");
    }
    this.request = request;
  }

  Optional<JsonNode> find(String name) {
    asked.add(name);
    return Optional.ofNullable(request.get(name));
  }

  JsonNode require(String name) {
    return find(name)
        .orElseThrow(
            () -> MangoException.bad("missing_required_key", "Missing required key: " + name));
  }

  boolean flag(String name, boolean otherwise) {
    return find(name).map(Options::bool).orElse(otherwise);
  }

  private static boolean bool(JsonNode value) {
    if (!value.isBoolean()) {
      throw MangoException.bad("invalid_boolean", "Invalid boolean value: " + value);
    }
    return value.booleanValue();
  }

  Optional<String> text(String name) {
    return find(name).map(Options::text);
  }

  private static String text(JsonNode value) {
    if (!value.isString()) {
      throw MangoException.bad("invalid_string", "Invalid string: " + value);
    }
    return value.stringValue();
  }

  /** A number from 0; what does not fit is the largest. */
  long count(String name, long otherwise) {
    Optional<JsonNode> value = find(name);
    if (value.isPresent() && !isAtLeast(value.get(), 0)) {
      throw MangoException.bad(
          "invalid_non_neg_integer",
          value.get() + " is not an integer greater than or equal to zero");
    }
    return value.map(Options::clamped).orElse(otherwise);
  }

  /** A number from 1; what does not fit is the largest. */
  long positive(String name, long otherwise) {
    Optional<JsonNode> value = find(name);
    if (value.isPresent() && !isAtLeast(value.get(), 1)) {
      throw MangoException.bad(
          "invalid_pos_integer", value.get() + " is not an integer greater than zero");
    }
    return value.map(Options::clamped).orElse(otherwise);
  }

  private static boolean isAtLeast(JsonNode value, int least) {
    return value.isIntegralNumber()
        && value.bigIntegerValue().compareTo(BigInteger.valueOf(least)) >= 0;
  }

  private static long clamped(JsonNode value) {
    return value.canConvertToLong() ? value.longValue() : Long.MAX_VALUE;
  }

  /**
   * Refuses members that were not asked for.
   *
   * @throws MangoException when there is one
   */
  void end() {
    for (String name : request.propertyNames()) {
      if (!asked.contains(name)) {
        throw MangoException.bad("invalid_key", "Invalid key " + name + " for this request.");
      }
    }
  }
}
