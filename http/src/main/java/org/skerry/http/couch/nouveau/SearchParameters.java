package org.skerry.http.couch.nouveau;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.skerry.http.HttpProblem;
import org.skerry.http.Query;
import org.skerry.http.couch.RequestJson;
import org.skerry.search.FacetRange;
import org.skerry.search.SearchRequest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a client asks of an index. The members of a {@code POST} and the parameters of a {@code GET}
 * are the same; {@code sort}, {@code counts} and {@code ranges} of the latter are JSON.
 *
 * @param bookmark as it came
 * @param includeDocs whether each hit shows its document
 */
record SearchParameters(SearchRequest request, Optional<String> bookmark, boolean includeDocs) {
  private static final int LIMIT = 25;
  private static final int TOP_N = 10;
  private static final List<String> JSON = List.of("sort", "counts", "ranges");

  /** Those of a {@code GET}. */
  static SearchParameters of(Query query) {
    ObjectNode members = JsonNodeFactory.instance.objectNode();
    query
        .all()
        .forEach(
            (name, text) ->
                members.set(
                    name,
                    JSON.contains(name)
                        ? RequestJson.parameter(name, text)
                        : JsonNodeFactory.instance.stringNode(text)));
    return of(members);
  }

  /** Those of a {@code POST}. */
  static SearchParameters of(JsonNode members) {
    JsonNode query = member(members, "q");
    if (query.isNull()) {
      throw bad("q parameter is mandatory");
    }
    Optional<String> bookmark = text(members, "bookmark");
    SearchRequest request =
        new SearchRequest(
            text(members, "q").orElseThrow(),
            text(members, "locale").map(SearchParameters::locale),
            number(members, "limit", LIMIT),
            sort(member(members, "sort")),
            strings("counts", member(members, "counts")),
            ranges(member(members, "ranges")),
            number(members, "top_n", TOP_N),
            bookmark.flatMap(Bookmark::read),
            flag(members, "update", true));
    return new SearchParameters(request, bookmark, flag(members, "include_docs", false));
  }

  private static JsonNode member(JsonNode members, String name) {
    JsonNode member = members.get(name);
    return member == null ? JsonNodeFactory.instance.nullNode() : member;
  }

  private static Optional<String> text(JsonNode members, String name) {
    JsonNode text = member(members, name);
    if (text.isNull()) {
      return Optional.empty();
    }
    if (!text.isString()) {
      throw invalid(name, text);
    }
    return Optional.of(text.asString());
  }

  /** As Java's {@code de} or {@code de_DE}; what is none means numbers as in English. */
  private static Locale locale(String name) {
    String[] parts = name.split("[_-]", 3);
    return parts.length == 1 ? Locale.of(parts[0]) : Locale.of(parts[0], parts[1]);
  }

  private static int number(JsonNode members, String name, int absent) {
    JsonNode number = member(members, name);
    if (number.isNull()) {
      return absent;
    }
    long value;
    if (number.isIntegralNumber() && number.canConvertToLong()) {
      value = number.asLong();
    } else if (number.isString() && number.asString().matches("-?[0-9]{1,18}")) {
      value = Long.parseLong(number.asString());
    } else {
      throw bad(name + " parameter must be an integer");
    }
    if (value < 1) {
      throw bad(name + " parameter must be greater than zero");
    }
    // What is too much is for the index to say.
    return (int) Math.min(value, Integer.MAX_VALUE);
  }

  private static boolean flag(JsonNode members, String name, boolean absent) {
    JsonNode flag = member(members, name);
    if (flag.isNull()) {
      return absent;
    }
    if (flag.isBoolean()) {
      return flag.asBoolean();
    }
    return switch (flag.isString() ? flag.asString() : "") {
      case "true" -> true;
      case "false" -> false;
      default -> throw invalid(name, flag);
    };
  }

  private static List<String> sort(JsonNode sort) {
    return sort.isString() ? List.of(sort.asString()) : strings("sort", sort);
  }

  private static List<String> strings(String name, JsonNode list) {
    if (list.isNull()) {
      return List.of();
    }
    if (!list.isArray()) {
      throw bad(name + " parameter must be a list of strings");
    }
    List<String> strings = new ArrayList<>(list.size());
    for (JsonNode item : list.values()) {
      if (!item.isString()) {
        throw bad("all items in " + name + " parameter must be strings");
      }
      strings.add(item.asString());
    }
    return strings;
  }

  private static Map<String, List<FacetRange>> ranges(JsonNode ranges) {
    if (ranges.isNull()) {
      return Map.of();
    }
    if (!ranges.isObject()) {
      throw invalid("ranges", ranges);
    }
    Map<String, List<FacetRange>> byField = new LinkedHashMap<>();
    for (var entry : ranges.properties()) {
      if (!entry.getValue().isArray()) {
        throw bad("range values must be lists of objects");
      }
      List<FacetRange> list = new ArrayList<>(entry.getValue().size());
      for (JsonNode range : entry.getValue().values()) {
        list.add(range(range));
      }
      byField.put(entry.getKey(), list);
    }
    return byField;
  }

  private static FacetRange range(JsonNode range) {
    if (!range.isObject()) {
      throw bad("all values in ranges parameter must be objects");
    }
    JsonNode label = member(range, "label");
    if (!label.isString() || label.asString().isEmpty()) {
      throw bad("each range must have a label");
    }
    return new FacetRange(
        label.asString(),
        bound(range, "min"),
        flag(range, "min_inclusive", true),
        bound(range, "max"),
        flag(range, "max_inclusive", true));
  }

  private static OptionalDouble bound(JsonNode range, String name) {
    JsonNode bound = member(range, name);
    if (bound.isNull()) {
      return OptionalDouble.empty();
    }
    if (!bound.isNumber()) {
      throw invalid(name, bound);
    }
    return OptionalDouble.of(bound.asDouble());
  }

  private static HttpProblem invalid(String name, JsonNode value) {
    return bad("Invalid value for " + name + ": " + value);
  }

  private static HttpProblem bad(String reason) {
    return HttpProblem.badRequest("query_parse_error", reason);
  }
}
