package org.skerry.postgres.apply;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.skerry.postgres.mapping.Mapping;
import org.skerry.postgres.mapping.Table;
import org.skerry.postgres.schema.LiveTable;

/**
 * The order in which rows are written: tables that others refer to come first. Where tables refer
 * to each other in a circle, one of them has to begin.
 */
final class Order {
  private final Map<String, Integer> places = new HashMap<>();

  private final Mapping mapping;
  private final Map<String, LiveTable> tables;

  private Order(Mapping mapping, Map<String, LiveTable> tables) {
    this.mapping = mapping;
    this.tables = tables;
  }

  static Order of(Mapping mapping, Map<String, LiveTable> tables) {
    Order order = new Order(mapping, tables);
    Set<String> begun = new HashSet<>();
    List<Table> all = new ArrayList<>(mapping.tables());
    all.forEach(table -> order.place(table, begun));
    return order;
  }

  private void place(Table table, Set<String> begun) {
    if (begun.add(table.name())) {
      Set<String> parents = new TreeSet<>(table.parents());
      // A foreign key of several columns is no one column's reference.
      Optional.ofNullable(tables.get(table.name())).stream()
          .flatMap(live -> live.foreignKeys().stream())
          .filter(key -> key.columns().size() > 1)
          .forEach(key -> parents.add(key.target()));
      for (String parent : parents) {
        mapping.table(parent).ifPresent(next -> place(next, begun));
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
