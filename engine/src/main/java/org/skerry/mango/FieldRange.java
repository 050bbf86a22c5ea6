package org.skerry.mango;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.skerry.collation.CollatedText;
import org.skerry.collation.JsonOrder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/**
 * Which values of one member can match, as far as comparisons say: what lies between two bounds.
 * The values between them may still fail other conditions.
 *
 * @param low nothing below; none when there is no bound
 * @param high nothing above
 * @param empty whether no value can match
 */
record FieldRange(Optional<Bound> low, Optional<Bound> high, boolean empty) {
  /** Every value. */
  static final FieldRange ALL = new FieldRange(Optional.empty(), Optional.empty(), false);

  private static final FieldRange NOTHING =
      new FieldRange(Optional.empty(), Optional.empty(), true);

  private static final Set<String> INDEXABLE =
      Set.of("$lt", "$lte", "$eq", "$gte", "$gt", "$beginsWith");

  /** Collates behind every character that text has; CouchDB's choice. */
  private static final String LAST_COLLATED = "\ufffd";

  /** The last code point, for ids, which are compared by bytes. */
  private static final String LAST_RAW = Character.toString(Character.MAX_CODE_POINT);

  /**
   * An end of a range.
   *
   * @param included whether the value itself belongs to the range
   */
  record Bound(JsonNode value, boolean included) {}

  /** Whether an operator says something about the range. */
  static boolean isIndexable(String operator) {
    return INDEXABLE.contains(operator);
  }

  /** The range that all these conditions leave. */
  static FieldRange of(String field, List<NormalSelector.Term> terms) {
    JsonOrder order = order(field);
    FieldRange range = ALL;
    for (NormalSelector.Term term : terms) {
      if (term.field().equals(field)) {
        range = range.and(of(term), order);
      }
    }
    return range;
  }

  /** How a member's values are compared in a selector. */
  private static JsonOrder order(String field) {
    return field.equals("_id") ? JsonOrder.RAW : JsonOrder.UNICODE;
  }

  private static FieldRange of(NormalSelector.Term term) {
    JsonNode value = term.argument();
    return switch (term.operator()) {
      case "$lt" -> upTo(value, false);
      case "$lte" -> upTo(value, true);
      case "$gte" -> from(value, true);
      case "$gt" -> from(value, false);
      case "$eq" -> between(value, value);
      case "$beginsWith" -> prefix(term.field(), value.stringValue());
      default -> ALL;
    };
  }

  private static FieldRange prefix(String field, String prefix) {
    boolean raw = order(field) == JsonOrder.RAW;
    return raw || CollatedText.isPlain(prefix)
        ? between(
            StringNode.valueOf(prefix),
            StringNode.valueOf(prefix + (raw ? LAST_RAW : LAST_COLLATED)))
        : ALL;
  }

  private static FieldRange upTo(JsonNode value, boolean included) {
    return new FieldRange(Optional.empty(), Optional.of(new Bound(value, included)), false);
  }

  private static FieldRange from(JsonNode value, boolean included) {
    return new FieldRange(Optional.of(new Bound(value, included)), Optional.empty(), false);
  }

  private static FieldRange between(JsonNode low, JsonNode high) {
    return new FieldRange(
        Optional.of(new Bound(low, true)), Optional.of(new Bound(high, true)), false);
  }

  private FieldRange and(FieldRange other, Comparator<JsonNode> order) {
    if (empty || other.empty) {
      return NOTHING;
    }
    Optional<Bound> highest = narrower(low, other.low, order);
    Optional<Bound> lowest = narrower(high, other.high, order.reversed());
    if (highest.isPresent() && lowest.isPresent()) {
      int difference = order.compare(highest.get().value(), lowest.get().value());
      boolean both = highest.get().included() && lowest.get().included();
      if (difference > 0 || difference == 0 && !both) {
        return NOTHING;
      }
    }
    return new FieldRange(highest, lowest, false);
  }

  /** Of two lower bounds the one that leaves less; of upper bounds with the order reversed. */
  private static Optional<Bound> narrower(
      Optional<Bound> one, Optional<Bound> other, Comparator<JsonNode> order) {
    if (one.isEmpty() || other.isEmpty()) {
      return one.or(() -> other);
    }
    int difference = order.compare(one.get().value(), other.get().value());
    boolean takeOther = difference < 0 || difference == 0 && !other.get().included();
    return takeOther ? other : one;
  }

  /** Whether it is a single value in the order of an index. */
  boolean isSingle() {
    return low.isPresent()
        && high.isPresent()
        && JsonOrder.UNICODE.same(low.get().value(), high.get().value());
  }
}
