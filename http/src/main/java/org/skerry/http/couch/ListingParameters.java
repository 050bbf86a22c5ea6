package org.skerry.http.couch;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.skerry.http.HttpProblem;
import org.skerry.http.Query;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/**
 * The parameters of a listing by their one name, from the query, a body, or both; what came later
 * counts. Unknown ones are passed over. Values in a query are text: of a key it is JSON, of the
 * rest the text itself.
 */
public final class ListingParameters {
  private static final Set<String> JSON_IN_QUERY = Set.of("key", "keys", "start_key", "end_key");
  private static final Map<String, String> ALIASES =
      Map.of(
          "startkey",
          "start_key",
          "endkey",
          "end_key",
          "start_key_doc_id",
          "startkey_docid",
          "end_key_doc_id",
          "endkey_docid");

  private final Map<String, JsonNode> values = new LinkedHashMap<>();

  /** Those of the query part. */
  public ListingParameters add(Query query) {
    for (Map.Entry<String, String> parameter : query.all().entrySet()) {
      String name = parameter.getKey();
      String canonical = ALIASES.getOrDefault(name, name);
      values.put(
          canonical,
          JSON_IN_QUERY.contains(canonical)
              ? RequestJson.parameter(name, parameter.getValue())
              : StringNode.valueOf(parameter.getValue()));
    }
    return this;
  }

  /** Those of an object: a body, or one of its queries. */
  public ListingParameters add(JsonNode object) {
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      values.put(ALIASES.getOrDefault(member.getKey(), member.getKey()), member.getValue());
    }
    return this;
  }

  /** A parameter's value; nothing when it is not given. */
  public Optional<JsonNode> value(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** A switch. */
  public boolean flag(String name, boolean absent) {
    JsonNode value = values.get(name);
    if (value == null) {
      return absent;
    }
    if (value.isBoolean()) {
      return value.booleanValue();
    }
    return switch (value.isString() ? value.asString().toLowerCase(Locale.ROOT) : "") {
      case "true" -> true;
      case "false" -> false;
      default -> throw bad("Invalid boolean parameter: " + value);
    };
  }

  /** One of a few words; nothing when it is not given. */
  public Optional<String> word(String name, Set<String> words) {
    return value(name)
        .map(
            value -> {
              String word = value.isBoolean() ? value.toString() : value.asString("");
              if (!words.contains(word)) {
                throw bad("Invalid value for `" + name + "`.");
              }
              return word;
            });
  }

  /** A whole number from 0. One too large for a long is as good as the largest. */
  public long number(String name, long absent) {
    JsonNode value = values.get(name);
    if (value == null) {
      return absent;
    }
    String text = value.isString() ? value.asString() : value.toString();
    boolean negative = text.startsWith("-");
    String digits = negative ? text.substring(1) : text;
    if (!isDigits(digits)) {
      throw bad("Invalid value for integer: " + value);
    }
    if (negative) {
      throw bad("Invalid value for positive integer: " + value);
    }
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException e) {
      return Long.MAX_VALUE;
    }
  }

  private static boolean isDigits(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return !text.isEmpty();
  }

  /** A parameter that cannot be used so. */
  public static HttpProblem bad(String reason) {
    return HttpProblem.badRequest("query_parse_error", reason);
  }
}
