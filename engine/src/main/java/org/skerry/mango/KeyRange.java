package org.skerry.mango;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * Which keys of an index to visit: those whose first elements are at least {@code from} and at most
 * {@code to}, compared as far as each goes.
 *
 * @param from the first elements of the lowest keys; empty for no bound
 * @param to the first elements of the highest keys, all included that begin so; empty for no bound
 */
record KeyRange(List<JsonNode> from, List<JsonNode> to) {
  KeyRange {
    from = List.copyOf(from);
    to = List.copyOf(to);
  }

  /** The keys of a JSON index in which these values of its first columns can stand. */
  static KeyRange of(List<String> columns, List<FieldRange> ranges) {
    List<FieldRange> safe = new ArrayList<>(ranges.size());
    for (int i = 0; i < ranges.size(); i++) {
      FieldRange range = ranges.get(i);
      // Ids are compared raw, and stand collated in the index.
      safe.add(columns.get(i).equals("_id") && !range.isSingle() ? FieldRange.ALL : range);
    }
    return new KeyRange(bounds(safe, FieldRange::low), bounds(safe, FieldRange::high));
  }

  /** As far as there are bounds. */
  private static List<JsonNode> bounds(
      List<FieldRange> ranges, Function<FieldRange, Optional<FieldRange.Bound>> side) {
    List<JsonNode> bounds = new ArrayList<>(ranges.size());
    for (FieldRange range : ranges) {
      Optional<FieldRange.Bound> end = side.apply(range);
      if (end.isEmpty()) {
        break;
      }
      bounds.add(end.get().value());
    }
    return bounds;
  }
}
