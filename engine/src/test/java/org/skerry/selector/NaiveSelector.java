package org.skerry.selector;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.skerry.collation.JsonOrder;
import tools.jackson.databind.JsonNode;

/**
 * The definition of a selector's meaning, without compiling, sharing or skipping: it carries the
 * path and the negation down through the JSON each time. The real one must agree with it.
 */
final class NaiveSelector {
  private NaiveSelector() {}

  static boolean matches(JsonNode selector, JsonNode document) {
    return selector.isEmpty() || holds(selector, "", document, new Mode(false, true, false));
  }

  /**
   * Whether the condition is negated, whether negations move to the leaves, and whether text is
   * compared raw.
   */
  private record Mode(boolean negated, boolean moving, boolean raw) {
    Mode flipped() {
      return new Mode(!negated, moving, raw);
    }
  }

  private static boolean holds(JsonNode json, String path, JsonNode value, Mode mode) {
    if (!json.isObject() || json.isEmpty()) {
      return leaf("$eq", json, path, value, mode);
    }
    List<Boolean> parts = new ArrayList<>();
    for (Map.Entry<String, JsonNode> member : json.properties()) {
      parts.add(member(member.getKey(), member.getValue(), path, value, mode));
    }
    return parts.size() == 1 ? parts.getFirst() : all(parts, mode);
  }

  private static boolean member(
      String name, JsonNode argument, String path, JsonNode value, Mode mode) {
    return switch (name) {
      case "$and" -> all(each(argument, path, value, mode), mode);
      case "$or" -> any(each(argument, path, value, mode), mode);
      case "$nor" -> all(each(argument, path, value, mode.flipped()), mode);
      case "$not" -> holds(argument, path, value, mode.flipped());
      default ->
          name.startsWith("$")
              ? leaf(name, argument, path, value, mode)
              : holds(argument, path.isEmpty() ? name : path + "." + name, value, mode);
    };
  }

  private static List<Boolean> each(JsonNode list, String path, JsonNode value, Mode mode) {
    List<Boolean> parts = new ArrayList<>();
    for (JsonNode part : list) {
      parts.add(holds(part, path, value, mode));
    }
    return parts;
  }

  /**
   * Parts arrive with the negation applied, so that under one "all" means "any". Empty lists are
   * true.
   */
  private static boolean all(List<Boolean> parts, Mode mode) {
    boolean empty = !mode.negated() || mode.moving();
    return parts.isEmpty() ? empty : mode.negated() ? parts.contains(true) : !parts.contains(false);
  }

  private static boolean any(List<Boolean> parts, Mode mode) {
    boolean empty = !mode.negated() || mode.moving();
    return parts.isEmpty() ? empty : mode.negated() ? !parts.contains(false) : parts.contains(true);
  }

  private static boolean leaf(
      String operator, JsonNode argument, String path, JsonNode start, Mode mode) {
    JsonNode value = start;
    if (!path.isEmpty()) {
      for (String name : path.split("\\.", -1)) {
        if (value.isArray() && name.matches("[0-9]") && Integer.parseInt(name) < value.size()) {
          value = value.get(Integer.parseInt(name));
        } else if (value.isObject() && value.has(name)) {
          value = value.get(name);
        } else {
          return missing(operator, argument, value.isObject(), mode);
        }
      }
    }
    Mode inner = new Mode(false, false, mode.raw() || path.equals("_id"));
    return test(operator, argument, value, inner) != mode.negated();
  }

  private static boolean missing(
      String operator, JsonNode argument, boolean couldBeThere, Mode mode) {
    boolean exists = operator.equals("$exists");
    if (mode.moving()) {
      return exists && couldBeThere && argument.booleanValue() == mode.negated();
    }
    return (exists && couldBeThere && !argument.booleanValue()) != mode.negated();
  }

  private static boolean test(String operator, JsonNode argument, JsonNode value, Mode mode) {
    JsonOrder order = mode.raw() ? JsonOrder.RAW : JsonOrder.UNICODE;
    return switch (operator) {
      case "$lt" -> order.compare(value, argument) < 0;
      case "$lte" -> order.compare(value, argument) <= 0;
      case "$eq" -> order.compare(value, argument) == 0;
      case "$ne" -> order.compare(value, argument) != 0;
      case "$gte" -> order.compare(value, argument) >= 0;
      case "$gt" -> order.compare(value, argument) > 0;
      case "$in" -> in(argument, value, order);
      case "$nin" -> !in(argument, value, order);
      case "$exists" -> argument.booleanValue();
      case "$type" -> argument.stringValue().equals(value.getNodeType().name().toLowerCase());
      case "$size" -> value.isArray() && value.size() == argument.intValue();
      case "$mod" ->
          value.isIntegralNumber()
              && value
                  .bigIntegerValue()
                  .remainder(argument.get(0).bigIntegerValue())
                  .equals(argument.get(1).bigIntegerValue());
      case "$beginsWith" ->
          value.isString() && value.stringValue().indexOf(argument.stringValue()) == 0;
      case "$elemMatch" ->
          value.isArray() && value.valueStream().anyMatch(e -> holds(argument, "", e, mode));
      case "$allMatch" ->
          value.isArray()
              && !value.isEmpty()
              && value.valueStream().allMatch(e -> holds(argument, "", e, mode));
      case "$keyMapMatch" ->
          value.isObject()
              && value.propertyNames().stream()
                  .anyMatch(n -> holds(argument, "", Asked.json("'" + n + "'"), mode));
      default -> throw new AssertionError(operator);
    };
  }

  private static boolean in(JsonNode list, JsonNode value, JsonOrder order) {
    for (JsonNode element : value.isArray() ? value : List.of(value)) {
      for (JsonNode candidate : list) {
        if (order.compare(element, candidate) == 0) {
          return true;
        }
      }
    }
    return false;
  }
}
