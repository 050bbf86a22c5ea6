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
    this.order = Order.of(mapping);
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
    return Optional.ofNullable(tables.get(table.name()))
        .filter(live -> live.column(table.key()).isPresent())
        .map(live -> new TableWriter(mapping.schema(), table, live));
  }

  /** A column of a mapped table that refers to another one. */
  record Child(Table table, String column) {}

  /** What refers to a table, of what is mapped. */
  List<Child> children(Table parent) {
    List<Child> found = new ArrayList<>();
    for (Table table : mapping.tables()) {
      LiveTable live = tables.get(table.name());
      if (live != null && live.column(table.key()).isPresent()) {
        live.foreignKeys().stream()
            .filter(key -> key.target().equals(parent.name()))
            .filter(key -> key.keys().equals(List.of(parent.key())))
            .forEach(key -> found.add(new Child(table, key.columns().getFirst())));
      }
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
