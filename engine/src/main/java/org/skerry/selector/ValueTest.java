package org.skerry.selector;

import java.math.BigInteger;
import org.skerry.collation.JsonOrder;
import tools.jackson.databind.JsonNode;

/** Conditions that look at a value as a whole. */
sealed interface ValueTest extends Condition {

  /** {@code $lt, $lte, $eq, $ne, $gte, $gt}, and a plain value. */
  record Comparison(Relation relation, JsonNode with, JsonOrder order) implements ValueTest {
    @Override
    public boolean test(JsonNode value) {
      return relation.holds(value, with, order);
    }
  }

  /** {@code $in}: the value, or one of its elements when it is an array, is one of these. */
  record OneOf(ValueSet values) implements ValueTest {
    @Override
    public boolean test(JsonNode value) {
      return values.containsItOrAnElement(value);
    }
  }

  /** {@code $nin}. */
  record NoneOf(ValueSet values) implements ValueTest {
    @Override
    public boolean test(JsonNode value) {
      return !values.containsItOrAnElement(value);
    }
  }

  /**
   * {@code $exists}. What can be tested exists; {@link Condition.AtPath} asks about what does not.
   */
  record Exists(boolean wanted) implements ValueTest {
    static final Exists NOT = new Exists(false);

    @Override
    public boolean test(JsonNode value) {
      return wanted;
    }
  }

  /** {@code $type}; a name that no type has never matches. */
  record OfType(String name) implements ValueTest {
    @Override
    public boolean test(JsonNode value) {
      String type =
          switch (value.getNodeType()) {
            case NULL, MISSING -> "null";
            case BOOLEAN -> "boolean";
            case NUMBER -> "number";
            case STRING, BINARY, POJO -> "string";
            case ARRAY -> "array";
            case OBJECT -> "object";
          };
      return name.equals(type);
    }
  }

  /** {@code $beginsWith}, by code points; no collation. */
  record BeginsWith(String prefix) implements ValueTest {
    @Override
    public boolean test(JsonNode value) {
      return value.isString() && value.stringValue().startsWith(prefix);
    }
  }

  /** {@code $regex}, found anywhere in a string. */
  record Matches(Regex regex) implements ValueTest {
    @Override
    public boolean test(JsonNode value) {
      return value.isString() && regex.isFoundIn(value.stringValue());
    }
  }

  /** {@code $mod} of a number written as an integer; the remainder has the dividend's sign. */
  record Modulo(BigInteger divisor, BigInteger remainder) implements ValueTest {
    @Override
    public boolean test(JsonNode value) {
      return value.isIntegralNumber()
          && value.bigIntegerValue().remainder(divisor).equals(remainder);
    }
  }
}
