package org.skerry.postgres.apply;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.skerry.postgres.access.Together;
import org.skerry.postgres.mapping.Column;
import org.skerry.postgres.mapping.Numbering;
import org.skerry.postgres.mapping.Table;
import org.skerry.postgres.number.Numbered;
import org.skerry.postgres.number.Numberings;
import org.skerry.postgres.number.Numberings.Sought;
import org.skerry.postgres.row.Row;
import org.skerry.postgres.row.RowReader;
import org.skerry.postgres.schema.LiveColumn;

/**
 * Keeps the application's counting behind codes that came from elsewhere. A code that it would give
 * next, and that another place gave before, is an error for whoever makes the next record.
 */
final class Numbers {
  /** What goes wrong with a sequence, and not with the session: rights, names, its end. */
  private static final Set<String> SEQUENCES_FAULT = Set.of("22", "42");

  private static final String SAVEPOINT = "skerry_numbers";

  private final Connection connection;
  private final Live live;
  private final NumberNotes notes;

  Numbers(Connection connection, Live live, NumberNotes notes) {
    this.connection = connection;
    this.live = live;
    this.notes = notes;
  }

  /**
   * Moves what counts a table's codes, before rows are there: who draws from then on draws another
   * one.
   */
  void pass(Table table, Collection<Row> rows) throws SQLException {
    for (Map.Entry<String, Optional<Numbering>> column : counted(table).entrySet()) {
      Set<String> codes =
          rows.stream()
              .flatMap(row -> row.value(column.getKey()).stream())
              .collect(Collectors.toSet());
      if (!codes.isEmpty()) {
        guarded(table, column.getKey(), column.getValue(), codes);
      }
    }
  }

  /** The same for documents that the application itself makes rows of. */
  void passDocuments(List<Showing> documents, Places places) throws SQLException {
    Map<Table, Set<Row>> rows = new LinkedHashMap<>();
    for (Showing document : documents) {
      RowReader reader = live.reader(document.table());
      if (!document.deleted()
          && !counted(document.table()).isEmpty()
          && reader.read(document.body(), places, reader.references(document.body()))
              instanceof RowReader.Reading.Fits(Row row)) {
        rows.computeIfAbsent(document.table(), none -> new HashSet<>()).add(row);
      }
    }
    for (Map.Entry<Table, Set<Row>> one : rows.entrySet()) {
      pass(one.getKey(), one.getValue());
    }
  }

  /** Columns whose values may be counted: the mapping says how, or a default does. */
  private Map<String, Optional<Numbering>> counted(Table table) {
    Map<String, Optional<Numbering>> found = new LinkedHashMap<>();
    for (Column column : table.columns()) {
      if (column.content() instanceof Column.Value
          && filled(table, column.name()).filter(rule -> rule.contains("nextval(")).isPresent()) {
        found.put(column.name(), Optional.empty());
      }
    }
    table.collisions().stream()
        .filter(rule -> rule.sequence().isPresent())
        .forEach(rule -> found.put(rule.columns().getFirst(), rule.sequence()));
    return found;
  }

  private Optional<String> filled(Table table, String column) {
    return Optional.ofNullable(live.tables().get(table.name()))
        .flatMap(there -> there.column(column))
        .flatMap(LiveColumn::filled);
  }

  /** What is wrong with a sequence keeps no row from coming in. */
  private void guarded(Table table, String column, Optional<Numbering> said, Set<String> codes)
      throws SQLException {
    String place = table.name() + "." + column;
    new Together().add("SAVEPOINT " + SAVEPOINT).run(connection);
    try {
      move(place, said, filled(table, column), codes);
      new Together().add("RELEASE SAVEPOINT " + SAVEPOINT).run(connection);
    } catch (SQLException e) {
      String state = String.valueOf(e.getSQLState());
      if (state.length() < 2 || !SEQUENCES_FAULT.contains(state.substring(0, 2))) {
        throw e;
      }
      new Together().add("ROLLBACK TO SAVEPOINT " + SAVEPOINT).run(connection);
      notes.note(place, "what counts its codes cannot be moved: " + e.getMessage());
    }
  }

  private void move(
      String place, Optional<Numbering> said, Optional<String> filled, Set<String> codes)
      throws SQLException {
    switch (new Numberings(connection, live.schema()).find(said, filled)) {
      case Sought.Uncounted uncounted -> {}
      case Sought.Missing(String why) -> notes.note(place, why);
      case Sought.Found(Numbered numbered) -> {
        Numbered.Passed passed = numbered.pass(connection, codes);
        notes.found(place);
        if (passed.moved()) {
          notes.move();
        }
        if (passed.tooFar() > 0) {
          notes.tooFar(place, passed.tooFar(), numbered.counter().toString());
        }
      }
    }
  }
}
