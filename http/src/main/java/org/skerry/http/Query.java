package org.skerry.http;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The query part of a request, decoded. Of a parameter given twice the last one counts, as in
 * CouchDB.
 */
public final class Query {
  public static final Query EMPTY = new Query(Map.of());

  private final Map<String, String> values;

  private Query(Map<String, String> values) {
    this.values = Collections.unmodifiableMap(values);
  }

  /** A query of these parameters. */
  public static Query of(Map<String, String> values) {
    return values.isEmpty() ? EMPTY : new Query(new LinkedHashMap<>(values));
  }

  public Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name));
  }

  public boolean has(String name) {
    return values.containsKey(name);
  }

  /** All parameters in their order. */
  public Map<String, String> all() {
    return values;
  }

  /**
   * A parameter that is {@code true} or {@code false}; absent is false.
   *
   * @throws HttpProblem 400 when it is anything else
   */
  public boolean flag(String name) {
    return flag(name, false);
  }

  /** As {@link #flag(String)} with another value for an absent parameter. */
  public boolean flag(String name, boolean absent) {
    String value = values.get(name);
    if (value == null) {
      return absent;
    }
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw HttpProblem.badRequest(
              "query_parse_error",
              "Invalid value for boolean parameter `" + name + "`: \"" + value + "\"");
    };
  }

  /**
   * A parameter that is a whole number from 0.
   *
   * @throws HttpProblem 400 when it is anything else
   */
  public Optional<Long> number(String name) {
    String value = values.get(name);
    if (value == null) {
      return Optional.empty();
    }
    try {
      long number = Long.parseLong(value);
      if (number >= 0) {
        return Optional.of(number);
      }
    } catch (NumberFormatException e) {
      throw badNumber(name, value);
    }
    throw badNumber(name, value);
  }

  private static HttpProblem badNumber(String name, String value) {
    return HttpProblem.badRequest(
        "query_parse_error",
        "Invalid value for `" + name + "`: \"" + value + "\", expected a whole number from 0");
  }

  /**
   * The fields of a query or of a body of type {@code application/x-www-form-urlencoded}; of a
   * field given twice the last one counts.
   *
   * @throws HttpProblem 400 when it is not percent-encoded UTF-8
   */
  public static Map<String, String> parseForm(String raw) {
    if (raw.isEmpty()) {
      return Map.of();
    }
    Map<String, String> fields = new LinkedHashMap<>();
    int length = raw.length();
    for (int from = 0; from < length; ) {
      int ampersand = raw.indexOf('&', from);
      int to = ampersand < 0 ? length : ampersand;
      int equals = raw.indexOf('=', from);
      if (equals >= 0 && equals < to) {
        fields.put(
            PercentDecoder.decode(raw, from, equals), PercentDecoder.decode(raw, equals + 1, to));
      } else if (to > from) {
        fields.put(PercentDecoder.decode(raw, from, to), "");
      }
      from = to + 1;
    }
    return fields;
  }
}
