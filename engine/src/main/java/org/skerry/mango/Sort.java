package org.skerry.mango;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/**
 * Members in an order: what a query sorts by, or what an index holds. All run in one direction.
 *
 * @param names their paths; none is no order
 */
record Sort(List<String> names, boolean descending) {
  static final Sort NONE = new Sort(List.of(), false);

  Sort {
    names = List.copyOf(names);
  }

  /**
   * Reads {@code ["a", {"b": "asc"}]}.
   *
   * @throws MangoException when it is no sort
   */
  static Sort parse(JsonNode json) {
    if (!json.isArray()) {
      throw MangoException.bad(
          "invalid_sort_json", "Sort must be an array of sort specs, not: " + json);
    }
    List<String> names = new ArrayList<>();
    List<Boolean> directions = new ArrayList<>();
    for (JsonNode spec : json) {
      names.add(name(spec));
      directions.add(isDescending(spec));
    }
    if (directions.contains(true) && directions.contains(false)) {
      throw MangoException.bad(
          "unsupported_mixed_sort",
          "Sorts currently only support a single direction for all fields.");
    }
    return new Sort(names, directions.contains(true));
  }

  private static String name(JsonNode spec) {
    if (spec.isString() && !spec.stringValue().isEmpty()) {
      return spec.stringValue();
    }
    if (spec.isObject() && spec.size() == 1) {
      return spec.propertyNames().iterator().next();
    }
    throw MangoException.bad("invalid_sort_field", "Invalid sort field: " + spec);
  }

  private static boolean isDescending(JsonNode spec) {
    if (spec.isString()) {
      return false;
    }
    JsonNode direction = spec.iterator().next();
    return switch (direction.isString() ? direction.stringValue() : "") {
      case "asc" -> false;
      case "desc" -> true;
      default ->
          throw MangoException.bad("invalid_sort_dir", "Invalid sort direction: " + direction);
    };
  }

  /** Reads {@code {"a": "asc"}}, as indexes keep it; directions mean nothing there. */
  static Sort ofMembers(JsonNode object) {
    List<String> names = new ArrayList<>();
    boolean descending = false;
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      names.add(member.getKey());
      descending |= member.getValue().asString("").equals("desc");
    }
    return new Sort(names, descending);
  }

  boolean isPrefixOf(List<String> columns) {
    return columns.size() >= names.size() && columns.subList(0, names.size()).equals(names);
  }

  /** Writes {@code [{"a": "asc"}]}. */
  void writeList(JsonGenerator out) {
    out.writeStartArray();
    for (String name : names) {
      out.writeStartObject();
      out.writeStringProperty(name, direction());
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  /** Writes {@code {"a": "asc"}}. */
  void writeMembers(JsonGenerator out) {
    out.writeStartObject();
    for (String name : names) {
      out.writeStringProperty(name, direction());
    }
    out.writeEndObject();
  }

  private String direction() {
    return descending ? "desc" : "asc";
  }
}
