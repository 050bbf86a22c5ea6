package org.skerry.selector;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.skerry.collation.CollatedText;
import org.skerry.collation.JsonOrder;
import tools.jackson.databind.JsonNode;

/**
 * The values of {@code $in}. Most are plain texts, found by hashing: lists of a thousand ids are
 * usual in replication filters. The rest are compared one by one.
 */
final class ValueSet {
  private final Set<String> texts = new HashSet<>();
  private final List<JsonNode> others = new ArrayList<>();
  private final List<JsonNode> all;
  private final JsonOrder order;

  ValueSet(JsonNode array, JsonOrder order) {
    this.order = order;
    this.all = List.copyOf(array.valueStream().toList());
    for (JsonNode value : all) {
      if (value.isString()) {
        texts.add(value.stringValue());
      }
      if (!value.isString() || !isDecidedByEquality(value.stringValue())) {
        others.add(value);
      }
    }
  }

  /** Whether no other plain text stands at the same place in the order. */
  private boolean isDecidedByEquality(String text) {
    return order == JsonOrder.RAW || CollatedText.isPlain(text);
  }

  boolean containsItOrAnElement(JsonNode value) {
    if (!value.isArray()) {
      return contains(value);
    }
    for (JsonNode element : value) {
      if (contains(element)) {
        return true;
      }
    }
    return false;
  }

  private boolean contains(JsonNode value) {
    if (!value.isString()) {
      return isIn(others, value);
    }
    return texts.contains(value.stringValue())
        || isIn(isDecidedByEquality(value.stringValue()) ? others : all, value);
  }

  private boolean isIn(List<JsonNode> values, JsonNode value) {
    for (JsonNode candidate : values) {
      if (order.same(value, candidate)) {
        return true;
      }
    }
    return false;
  }
}
