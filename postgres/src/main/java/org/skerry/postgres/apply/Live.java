package org.skerry.postgres.apply;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skerry.postgres.mapping.Mapping;
import org.skerry.postgres.mapping.Table;
import org.skerry.postgres.row.RowReader;
import org.skerry.postgres.row.RowWriter;
import org.skerry.postgres.row.Shape;
import org.skerry.postgres.schema.Catalogue;
import org.skerry.postgres.schema.LiveTable;

/** The mapped tables as they are, with what reads and writes their rows. For one thread. */
final class Live {
  private final Mapping mapping;
  private final Map<String, LiveTable> tables;
  private final Order order;
  private final Map<String, RowReader> readers = new HashMap<>();
  private final Map<String, RowWriter> renderers = new HashMap<>();

  private boolean aged;

  private Live(Mapping mapping, Map<String, LiveTable> tables) {
    this.mapping = mapping;
    this.tables = tables;
    this.order = Order.of(mapping, tables);
  }

  static Live read(Connection connection, Mapping mapping) throws SQLException {
    return new Live(mapping, Catalogue.read(connection, mapping.schema()));
  }

  /** Notes that time has passed: the application may have changed its tables since. */
  void age() {
    aged = true;
  }

  boolean isAged() {
    return aged;
  }

  Map<String, LiveTable> tables() {
    return tables;
  }

  String schema() {
    return mapping.schema();
  }

  Order order() {
    return order;
  }

  /** What writes a table; nothing when it is not there any more, or has lost its key. */
  Optional<TableWriter> writer(Table table) {
    return keyed(table).map(live -> new TableWriter(mapping.schema(), table, live));
  }

  private Optional<LiveTable> keyed(Table table) {
    return Optional.ofNullable(tables.get(table.name()))
        .filter(live -> LiveKey.of(table, live).isPresent());
  }

  /**
   * Columns of a mapped table that refer to another one.
   *
   * @param keys the columns of that one that they mean, its key or others that are unique together
   */
  record Child(Table table, List<String> columns, List<String> keys) {}

  /** What refers to a table, of what is mapped. */
  List<Child> children(Table parent) {
    List<Child> found = new ArrayList<>();
    for (Table table : mapping.tables()) {
      keyed(table).map(LiveTable::foreignKeys).orElse(List.of()).stream()
          .filter(key -> key.target().equals(parent.name()))
          .forEach(key -> found.add(new Child(table, key.columns(), key.keys())));
    }
    return found;
  }

  private Shape shape(Table table) {
    return Optional.ofNullable(tables.get(table.name()))
        .map(LiveTable::shape)
        .orElseGet(() -> new Shape(Map.of()));
  }

  RowReader reader(Table table) {
    return readers.computeIfAbsent(table.name(), none -> new RowReader(table, shape(table)));
  }

  RowWriter renderer(Table table) {
    return renderers.computeIfAbsent(table.name(), none -> new RowWriter(table, shape(table)));
  }
}
