package org.skerry.fhir.search.extract;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.StringNode;

/**
 * A value of a parameter as an index keeps it. Behind the parameter's number, a row's key has the
 * elements of {@code key}; in raw order, numbers stand before false, null, true, arrays and texts.
 *
 * <p>What a parameter is sorted by is its main terms, whose first element is a number, an array or
 * a text. Other terms, for other questions, begin with false, null or true.
 *
 * @param original the text from which a folded one was made, if it was another
 */
public record Term(ArrayNode key, JsonNode original) {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** A term without an original. */
  public static Term of(JsonNode... elements) {
    return withOriginal(NullNode.instance, elements);
  }

  static Term withOriginal(JsonNode original, JsonNode... elements) {
    ArrayNode key = JSON.arrayNode(elements.length);
    for (JsonNode element : elements) {
      key.add(element);
    }
    return new Term(key, original);
  }

  /** A text as an element of a key. */
  public static JsonNode text(String text) {
    return StringNode.valueOf(text);
  }

  /** Whether the parameter is sorted by it. */
  public boolean isMain() {
    JsonNode first = key.get(0);
    return first.isString() || first.isNumber() || first.isArray();
  }
}
