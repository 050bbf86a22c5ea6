package org.skerry.selector;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.skerry.collation.CollatedText;
import org.skerry.collation.JsonOrder;
import tools.jackson.databind.JsonNode;

/**
 * The values of {@code $in}. Most are plain texts, found by hashing: lists of a thousand ids are
 * usual in replication filters. The rest are found by their order.
 */
final class ValueSet {
  private final Set<String> texts = new HashSet<>();
  private final SortedValues others;
  private final List<JsonNode> values;

  /** All of them, where a text asked for them that is not plain. Any thread makes the same. */
  private volatile @Nullable SortedValues all;

  private final JsonOrder order;

  ValueSet(JsonNode array, JsonOrder order) {
    this.order = order;
    List<JsonNode> rest = new ArrayList<>();
    this.values = array.valueStream().toList();
    for (JsonNode value : values) {
      if (value.isString()) {
        texts.add(value.stringValue());
      }
      if (!value.isString() || !isDecidedByEquality(value.stringValue())) {
        rest.add(value);
      }
    }
    this.others = new SortedValues(rest, order);
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
      return others.contains(value);
    }
    return texts.contains(value.stringValue())
        || (isDecidedByEquality(value.stringValue()) ? others : all()).contains(value);
  }

  private SortedValues all() {
    SortedValues known = all;
    if (known == null) {
      known = others.size() == values.size() ? others : new SortedValues(values, order);
      all = known;
    }
    return known;
  }
}
