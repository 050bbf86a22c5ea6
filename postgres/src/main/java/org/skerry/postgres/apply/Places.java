package org.skerry.postgres.apply;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.skerry.document.DocId;
import org.skerry.postgres.book.Book;
import org.skerry.postgres.book.Entry;
import org.skerry.postgres.book.Naming;
import org.skerry.postgres.mapping.Column;
import org.skerry.postgres.mapping.Mapping;
import org.skerry.postgres.mapping.RowName;
import org.skerry.postgres.mapping.Table;
import org.skerry.postgres.row.LocalIds;
import org.skerry.postgres.row.Names;
import org.skerry.postgres.row.NaturalName;
import org.skerry.postgres.row.Row;
import org.skerry.postgres.row.RowRef;
import org.skerry.postgres.schema.LiveTable;

/**
 * Which row a document is, within one transaction: by the book, by what it turned out to be the
 * same as, or by a name that can be read off the rows. For one thread.
 */
final class Places implements LocalIds, Names {
  private final Connection connection;
  private final Mapping mapping;
  private final Map<String, LiveTable> live;
  private final Naming naming;
  private final Map<String, RowRef> rows = new HashMap<>();
  private final Map<RowRef, String> names = new HashMap<>();

  /** Documents that are known to be no rows. */
  private final Set<String> absent = new HashSet<>();

  Places(Connection connection, Mapping mapping, Map<String, LiveTable> live, Naming naming) {
    this.connection = connection;
    this.mapping = mapping;
    this.live = live;
    this.naming = naming;
  }

  @Override
  public Optional<RowRef> row(String name) {
    return Optional.ofNullable(rows.get(name));
  }

  @Override
  public Optional<String> name(RowRef row) {
    return Optional.ofNullable(names.get(row));
  }

  /** Notes that a document is a row now. */
  void note(String name, RowRef row) {
    absent.remove(name);
    rows.put(name, row);
    names.put(row, name);
  }

  /** Notes that a document is no row any more. */
  void forget(String name) {
    Optional.ofNullable(rows.remove(name)).ifPresent(names::remove);
  }

  /** Finds out about documents. */
  void load(Collection<String> wanted) throws SQLException {
    Set<String> unknown = new HashSet<>(wanted);
    unknown.removeIf(name -> rows.containsKey(name) || absent.contains(name));
    if (unknown.isEmpty()) {
      return;
    }
    for (Map.Entry<String, Book.Place> found : Book.places(connection, unknown).entrySet()) {
      String name = found.getKey();
      Book.Place place = found.getValue();
      Optional<RowRef> row = place.row();
      if (row.isEmpty() && !place.known()) {
        row = live(name);
      }
      note(name, place.document(), row);
    }
  }

  private void note(String name, String document, Optional<RowRef> row) {
    if (row.isEmpty()) {
      absent.add(name);
    } else {
      rows.put(name, row.get());
      names.putIfAbsent(row.get(), document);
    }
  }

  /** Notes what the book says of a document that is the same thing as no other one. */
  void note(Table table, String name, Optional<Entry> entry) {
    if (entry.isPresent()) {
      note(name, name, entry.get().id().map(id -> new RowRef(entry.get().table(), id)));
    } else if (table.rowName() instanceof RowName.Uuid) {
      absent.add(name);
    }
  }

  /** Finds out what rows are called; those without a name get one. */
  void loadNames(Collection<RowRef> wanted) throws SQLException {
    Set<RowRef> unknown = new HashSet<>(wanted);
    unknown.removeAll(names.keySet());
    if (!unknown.isEmpty()) {
      naming
          .name(connection, unknown, Map.of())
          .forEach((row, entry) -> names.put(row, entry.name()));
    }
  }

  /** A row whose name can be read off it, and which the book does not have yet. */
  private Optional<RowRef> live(String name) throws SQLException {
    Optional<Table> table = mapping.table(DocId.of(name));
    if (table.isEmpty() || !live.containsKey(table.get().name())) {
      return Optional.empty();
    }
    Optional<String> id =
        switch (table.get().rowName()) {
          case RowName.Uuid uuid -> Optional.empty();
          case RowName.Natural(List<String> columns) -> natural(table.get(), columns, name);
          case RowName.Listed listed ->
              new ListedRows(connection, mapping.schema()).find(table.get(), listed, name);
        };
    if (id.isEmpty()) {
      return Optional.empty();
    }
    RowRef row = new RowRef(table.get().name(), id.get());
    // Unless it has another name already, it has this one now.
    Entry entry = naming.name(connection, List.of(row), Map.of()).get(row);
    return entry != null && entry.name().equals(name) ? Optional.of(row) : Optional.empty();
  }

  private Optional<String> natural(Table table, List<String> columns, String name)
      throws SQLException {
    Optional<List<Optional<String>>> values =
        NaturalName.values(table.type(), name, columns.size());
    if (values.isEmpty()) {
      return Optional.empty();
    }
    Row.Builder row = Row.builder();
    for (int i = 0; i < columns.size(); i++) {
      Optional<String> value = values.get().get(i);
      Optional<Column> column = table.column(columns.get(i));
      if (value.isPresent()
          && column.isPresent()
          && column.get().content() instanceof Column.Reference(String target)) {
        Optional<Table> end = mapping.table(target);
        if (end.isEmpty()) {
          return Optional.empty();
        }
        String other = end.get().type() + "/" + value.get();
        load(List.of(other));
        value = row(other).map(RowRef::id);
        if (value.isEmpty()) {
          return Optional.empty();
        }
      }
      row.put(columns.get(i), value.orElse(null));
    }
    LiveTable there = live.get(table.name());
    return there == null || columns.stream().anyMatch(one -> there.column(one).isEmpty())
        ? Optional.empty()
        : new TableWriter(mapping.schema(), table, there)
            .other(connection, columns, row.build(), "");
  }
}
