package org.skerry.mango;

import java.util.Map;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes a selector's normal form in the three steps of {@code mango_selector:normalize}: everything
 * becomes an operator; paths move down to the conditions; negations move down as far as they can.
 * What matches does not change.
 */
final class SelectorNormalizer {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private SelectorNormalizer() {}

  static JsonNode normalize(JsonNode selector) {
    return selector.isEmpty() ? JSON.objectNode() : settle(withPaths(withOperators(selector), ""));
  }

  private static JsonNode withOperators(JsonNode json) {
    if (!json.isObject() || json.isEmpty()) {
      return single("$eq", json);
    }
    if (json.size() > 1) {
      ArrayNode parts = JSON.arrayNode();
      json.properties()
          .forEach(part -> parts.add(withOperators(single(part.getKey(), part.getValue()))));
      return single("$and", parts);
    }
    Map.Entry<String, JsonNode> member = only(json);
    String name = member.getKey();
    JsonNode argument = member.getValue();
    return switch (name) {
      case "$and", "$or", "$nor" -> single(name, each(argument, SelectorNormalizer::withOperators));
      case "$not", "$elemMatch", "$allMatch", "$keyMapMatch" ->
          single(name, withOperators(argument));
      default -> name.startsWith("$") ? json : single(name, withOperators(argument));
    };
  }

  private static JsonNode withPaths(JsonNode json, String path) {
    Map.Entry<String, JsonNode> member = only(json);
    String name = member.getKey();
    JsonNode argument = member.getValue();
    return switch (name) {
      case "$and", "$or", "$nor" -> single(name, each(argument, part -> withPaths(part, path)));
      case "$not" -> single(name, withPaths(argument, path));
      case "$elemMatch", "$allMatch", "$keyMapMatch" ->
          single(path, single(name, withPaths(argument, "")));
      default -> {
        if (name.startsWith("$")) {
          yield single(path, json);
        }
        yield withPaths(argument, path.isEmpty() ? name : path + "." + name);
      }
    };
  }

  private static JsonNode settle(JsonNode json) {
    Map.Entry<String, JsonNode> member = only(json);
    JsonNode argument = member.getValue();
    return switch (member.getKey()) {
      case "$not" -> negate(argument);
      case "$nor" -> single("$and", each(argument, SelectorNormalizer::negate));
      case "$and", "$or" -> single(member.getKey(), each(argument, SelectorNormalizer::settle));
      default -> json;
    };
  }

  private static JsonNode negate(JsonNode json) {
    Map.Entry<String, JsonNode> member = only(json);
    String name = member.getKey();
    JsonNode argument = member.getValue();
    return switch (name) {
      case "$not" -> settle(argument);
      case "$nor" -> single("$or", each(argument, SelectorNormalizer::settle));
      case "$and" -> single("$or", each(argument, SelectorNormalizer::negate));
      case "$or" -> single("$and", each(argument, SelectorNormalizer::negate));
      case "$lt" -> single("$gte", argument);
      case "$lte" -> single("$gt", argument);
      case "$eq" -> single("$ne", argument);
      case "$ne" -> single("$eq", argument);
      case "$gte" -> single("$lt", argument);
      case "$gt" -> single("$lte", argument);
      case "$in" -> single("$nin", argument);
      case "$nin" -> single("$in", argument);
      case "$exists" -> single("$exists", JSON.booleanNode(!argument.booleanValue()));
      default -> name.startsWith("$") ? single("$not", json) : single(name, negate(argument));
    };
  }

  private static ArrayNode each(JsonNode parts, UnaryOperator<JsonNode> step) {
    ArrayNode done = JSON.arrayNode(parts.size());
    parts.forEach(part -> done.add(step.apply(part)));
    return done;
  }

  private static ObjectNode single(String name, JsonNode value) {
    ObjectNode object = JSON.objectNode();
    object.set(name, value);
    return object;
  }

  private static Map.Entry<String, JsonNode> only(JsonNode object) {
    return object.properties().iterator().next();
  }
}
