package org.skerry.selector;

import java.util.List;
import org.skerry.collation.JsonOrder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** Conditions on what an array or an object contains; of other values they are false. */
sealed interface ContentTest extends Condition {

  /** {@code $size} of an array. */
  record HasSize(int size) implements ContentTest {
    @Override
    public boolean test(JsonNode value) {
      return value.isArray() && value.size() == size;
    }
  }

  /** {@code $elemMatch}: an array of which one element meets the condition. */
  record AnyElement(Condition condition) implements ContentTest {
    @Override
    public boolean test(JsonNode value) {
      if (value.isArray()) {
        for (JsonNode element : value) {
          if (condition.test(element)) {
            return true;
          }
        }
      }
      return false;
    }
  }

  /** {@code $allMatch}: an array, not empty, all of whose elements meet the condition. */
  record EveryElement(Condition condition) implements ContentTest {
    @Override
    public boolean test(JsonNode value) {
      if (!value.isArray() || value.isEmpty()) {
        return false;
      }
      for (JsonNode element : value) {
        if (!condition.test(element)) {
          return false;
        }
      }
      return true;
    }
  }

  /** {@code $keyMapMatch}: an object of which one name, as a string, meets the condition. */
  record AnyName(Condition condition) implements ContentTest {
    @Override
    public boolean test(JsonNode value) {
      if (value.isObject()) {
        for (String name : value.propertyNames()) {
          if (condition.test(StringNode.valueOf(name))) {
            return true;
          }
        }
      }
      return false;
    }
  }

  /**
   * {@code $all}: an array that has all of these, or, where they are one array, equals it. Text is
   * compared without collation.
   */
  record HasAll(List<JsonNode> values) implements ContentTest {
    /** So few are looked for one by one. */
    private static final int FEW = 8;

    @Override
    public boolean test(JsonNode value) {
      if (!value.isArray() || values.isEmpty()) {
        return false;
      }
      if (values.size() == 1 && JsonOrder.RAW.same(value, values.getFirst())) {
        return true;
      }
      if (values.size() <= FEW) {
        return values.stream().allMatch(wanted -> isElement(wanted, value));
      }
      SortedValues elements = new SortedValues(value.valueStream().toList(), JsonOrder.RAW);
      return values.stream().allMatch(elements::contains);
    }

    private static boolean isElement(JsonNode wanted, JsonNode array) {
      return array.valueStream().anyMatch(element -> JsonOrder.RAW.same(element, wanted));
    }
  }
}
