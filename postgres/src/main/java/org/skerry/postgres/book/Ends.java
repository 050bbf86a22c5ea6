package org.skerry.postgres.book;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.skerry.postgres.mapping.Column;
import org.skerry.postgres.mapping.Mapping;
import org.skerry.postgres.mapping.RowName;
import org.skerry.postgres.mapping.Table;
import org.skerry.postgres.row.Row;
import org.skerry.postgres.row.RowRef;

/**
 * The rows that natural names of a table's rows are made of. In a tree these are rows of the same
 * table, which must have their names first. For one thread and one transaction.
 */
final class Ends {
  private final Connection connection;
  private final Mapping mapping;
  private final Table table;
  private final List<String> columns;
  private final Map<RowRef, Row> known;

  Ends(Connection connection, Mapping mapping, Table table, Map<RowRef, Row> known) {
    this.connection = connection;
    this.mapping = mapping;
    this.table = table;
    this.known = new HashMap<>(known);
    this.columns =
        table.rowName() instanceof RowName.Natural(List<String> names) ? names : List.of();
  }

  /** What is known of rows by now. */
  Map<RowRef, Row> known() {
    return known;
  }

  /** What stands in the naming columns of rows; rows that are not there are left out. */
  Map<RowRef, Row> values(List<RowRef> rows) throws SQLException {
    List<RowRef> unknown = new ArrayList<>();
    for (RowRef row : rows) {
      Row there = known.get(row);
      if (there == null || !columns.stream().allMatch(there::has)) {
        unknown.add(row);
      }
    }
    known.putAll(LiveRows.read(connection, mapping.schema(), table, columns, unknown));
    Map<RowRef, Row> found = new HashMap<>();
    for (RowRef row : rows) {
      Optional.ofNullable(known.get(row))
          .filter(there -> columns.stream().allMatch(there::has))
          .ifPresent(there -> found.put(row, there));
    }
    return found;
  }

  /** The rows that one's name is made of. */
  Set<RowRef> of(Row row) {
    Set<RowRef> found = new LinkedHashSet<>();
    for (String name : columns) {
      Optional<Column> column = table.column(name);
      column
          .flatMap(one -> row.value(name).flatMap(text -> RowRef.of(one, text)))
          .ifPresent(found::add);
    }
    return found;
  }

  private boolean isTree() {
    return columns.stream()
        .flatMap(name -> table.column(name).stream())
        .anyMatch(
            column ->
                column.content() instanceof Column.Reference(String target)
                    && target.equals(table.name()));
  }

  /** Adds what has to be named first, and has no name yet. */
  void addAncestors(Set<RowRef> rows) throws SQLException {
    if (!isTree()) {
      return;
    }
    List<RowRef> open = List.copyOf(rows);
    while (!open.isEmpty()) {
      Set<RowRef> parents = new HashSet<>();
      values(open).values().forEach(row -> parents.addAll(of(row)));
      parents.removeIf(row -> !row.table().equals(table.name()) || rows.contains(row));
      parents.removeAll(Book.byRow(connection, parents).keySet());
      rows.addAll(parents);
      open = List.copyOf(parents);
    }
  }

  /**
   * Those whose names can be made now. Rows that are their own ancestors have to begin somewhere:
   * then it is all of them.
   */
  List<RowRef> ready(Set<RowRef> nameless) throws SQLException {
    List<RowRef> all = List.copyOf(nameless);
    if (!isTree()) {
      return all;
    }
    Map<RowRef, Row> values = values(all);
    List<RowRef> ready =
        all.stream()
            .filter(
                row ->
                    Optional.ofNullable(values.get(row))
                        .filter(there -> of(there).stream().anyMatch(nameless::contains))
                        .isEmpty())
            .toList();
    return ready.isEmpty() ? all : ready;
  }
}
