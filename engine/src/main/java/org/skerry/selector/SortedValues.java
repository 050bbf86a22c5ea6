package org.skerry.selector;

import java.util.Arrays;
import java.util.List;
import org.skerry.collation.JsonOrder;
import tools.jackson.databind.JsonNode;

/** Values in an order, found by halving: a list of a selector's may be compared with an array. */
final class SortedValues {
  private final JsonNode[] values;
  private final JsonOrder order;

  SortedValues(List<JsonNode> values, JsonOrder order) {
    this.values = values.toArray(JsonNode[]::new);
    this.order = order;
    Arrays.sort(this.values, order);
  }

  int size() {
    return values.length;
  }

  /** Whether one of them stands at the same place in the order. */
  boolean contains(JsonNode value) {
    return Arrays.binarySearch(values, value, order) >= 0;
  }
}
