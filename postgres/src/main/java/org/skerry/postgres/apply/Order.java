package org.skerry.postgres.apply;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.skerry.postgres.mapping.Mapping;
import org.skerry.postgres.mapping.Table;

/**
 * The order in which rows are written: tables that others refer to come first. Where tables refer
 * to each other in a circle, one of them has to begin.
 */
final class Order {
  private final Map<String, Integer> places = new HashMap<>();

  private Order() {}

  static Order of(Mapping mapping) {
    Order order = new Order();
    Set<String> begun = new HashSet<>();
    List<Table> tables = new ArrayList<>(mapping.tables());
    tables.forEach(table -> order.place(mapping, table, begun));
    return order;
  }

  private void place(Mapping mapping, Table table, Set<String> begun) {
    if (begun.add(table.name())) {
      for (String parent : table.parents()) {
        mapping.table(parent).ifPresent(next -> place(mapping, next, begun));
      }
      places.put(table.name(), places.size());
    }
  }

  /** Where a table stands. */
  int place(Table table) {
    return places.getOrDefault(table.name(), places.size());
  }

  /** Parents before children, and rows that go after all others, children before parents. */
  int compare(Showing one, Showing other) {
    if (one.deleted() != other.deleted()) {
      return one.deleted() ? 1 : -1;
    }
    int tables = Integer.compare(place(one.table()), place(other.table()));
    int names = one.name().compareTo(other.name());
    return tables == 0 ? names : one.deleted() ? -tables : tables;
  }
}
