package org.skerry.postgres.apply;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.skerry.postgres.access.Sql;
import org.skerry.postgres.mapping.Column;
import org.skerry.postgres.mapping.Deletion;
import org.skerry.postgres.mapping.Stamp;
import org.skerry.postgres.mapping.Table;
import org.skerry.postgres.row.Row;
import org.skerry.postgres.schema.LiveColumn;
import org.skerry.postgres.schema.LiveTable;

/**
 * Writes rows of one table, many with each statement. Answers with what then stands there, which
 * may be another thing than what was written: numbers are rounded, and triggers do what they like.
 */
final class TableWriter {
  private final String schema;
  private final Table table;
  private final LiveTable live;
  private final String place;
  private final LiveColumn key;
  private final List<String> shown;

  TableWriter(String schema, Table table, LiveTable live) {
    this.schema = schema;
    this.table = table;
    this.live = live;
    this.place = Sql.name(schema, table.name());
    this.key = live.column(table.key()).orElseThrow();
    this.shown =
        table.columns().stream()
            .map(Column::name)
            .filter(name -> live.column(name).isPresent())
            .toList();
  }

  LiveTable live() {
    return live;
  }

  /** Keys for new rows, by the table's own rule. */
  List<String> keys(Connection connection, int count) throws SQLException {
    String rule =
        key.filled()
            .orElseThrow(
                () ->
                    new SQLException(
                        "table "
                            + table.name()
                            + " has no rule for new keys, and its key is not"
                            + " mapped",
                        "42P10"));
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT (" + rule + ")::text FROM generate_series(1, ?)")) {
      statement.setInt(1, count);
      List<String> found = new ArrayList<>(count);
      try (ResultSet results = statement.executeQuery()) {
        while (results.next()) {
          found.add(results.getString(1));
        }
      }
      return found;
    }
  }

  /** Makes rows; answers with them by their keys. */
  Map<String, Row> insert(Connection connection, List<Draft> drafts) throws SQLException {
    Map<String, Row> found = new HashMap<>();
    for (List<Draft> alike : alike(drafts)) {
      List<String> columns = columns(alike.getFirst());
      Map<String, String> stamps = stamps(Stamp::insert, columns);
      StringBuilder names = new StringBuilder(Sql.name(table.key()));
      StringBuilder values = new StringBuilder("v.k::" + key.cast());
      for (int i = 0; i < columns.size(); i++) {
        names.append(", ").append(Sql.name(columns.get(i)));
        values.append(", v.c").append(i).append("::").append(cast(columns.get(i)));
      }
      stamps.forEach(
          (column, value) -> {
            names.append(", ").append(Sql.name(column));
            values.append(", ").append(value);
          });
      String sql =
          "INSERT INTO "
              + place
              + " AS t ("
              + names
              + ") OVERRIDING SYSTEM VALUE SELECT "
              + values
              + " FROM "
              + source(columns.size())
              + returning();
      found.putAll(write(connection, sql, alike, columns));
    }
    return found;
  }

  /** Changes rows; answers with those that were there, by their keys. */
  Map<String, Row> update(Connection connection, List<Draft> drafts) throws SQLException {
    Map<String, Row> found = new HashMap<>();
    for (List<Draft> alike : alike(drafts)) {
      List<String> columns = columns(alike.getFirst());
      List<String> sets = new ArrayList<>();
      for (int i = 0; i < columns.size(); i++) {
        sets.add(Sql.name(columns.get(i)) + " = v.c" + i + "::" + cast(columns.get(i)));
      }
      stamps(Stamp::update, columns)
          .forEach((column, value) -> sets.add(Sql.name(column) + " = " + value));
      if (sets.isEmpty()) {
        sets.add(Sql.name(table.key()) + " = t." + Sql.name(table.key()));
      }
      String sql =
          "UPDATE "
              + place
              + " AS t SET "
              + String.join(", ", sets)
              + " FROM "
              + source(columns.size())
              + " WHERE t."
              + Sql.name(table.key())
              + " = v.k::"
              + key.cast()
              + returning();
      found.putAll(write(connection, sql, alike, columns));
    }
    return found;
  }

  /** Removes rows, or marks them as removed; answers with those that stay, by their keys. */
  Map<String, Row> delete(Connection connection, List<Draft> drafts) throws SQLException {
    return switch (table.deletion()) {
      case Deletion.Real real -> {
        String sql =
            "DELETE FROM "
                + place
                + " AS t USING "
                + source(0)
                + " WHERE t."
                + Sql.name(table.key())
                + " = v.k::"
                + key.cast();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
          fill(connection, statement, drafts, List.of());
          statement.executeUpdate();
        }
        yield Map.of();
      }
      case Deletion.Soft(String column, String value) ->
          update(
              connection,
              drafts.stream()
                  .map(
                      draft ->
                          new Draft(
                              draft.showing(),
                              draft.id(),
                              Row.builder().put(column, value).build()))
                  .toList());
    };
  }

  /** Drafts with the same columns: they share a statement. */
  private List<List<Draft>> alike(List<Draft> drafts) {
    Map<List<String>, List<Draft>> groups = new LinkedHashMap<>();
    drafts.forEach(
        draft -> groups.computeIfAbsent(columns(draft), none -> new ArrayList<>()).add(draft));
    return List.copyOf(groups.values());
  }

  /** The columns to write, without the key, and without those that PostgreSQL computes. */
  private List<String> columns(Draft draft) {
    return draft.row().columns().keySet().stream()
        .filter(name -> !name.equals(table.key()))
        .filter(name -> live.column(name).filter(column -> !column.generated()).isPresent())
        .sorted()
        .toList();
  }

  /** A column's type as SQL names it. */
  String cast(String column) {
    return live.column(column).orElseThrow().cast();
  }

  private Map<String, String> stamps(
      Function<Stamp, Optional<Stamp.Value>> which, List<String> written) {
    Map<String, String> found = new TreeMap<>();
    table
        .stamps()
        .forEach(
            (column, stamp) -> {
              if (live.column(column).isPresent() && !written.contains(column)) {
                which.apply(stamp).ifPresent(value -> found.put(column, expression(column, value)));
              }
            });
    return found;
  }

  /** A stamp as SQL. */
  String expression(String column, Stamp.Value value) {
    return switch (value) {
      // The session is in UTC, as the application's columns without a zone are.
      case Stamp.Value.Now now -> "now()::" + cast(column);
      case Stamp.Value.Fixed(String text) -> "'" + text.replace("'", "''") + "'::" + cast(column);
    };
  }

  private static String source(int columns) {
    StringBuilder arrays = new StringBuilder("?::text[]");
    StringBuilder names = new StringBuilder("k");
    for (int i = 0; i < columns; i++) {
      arrays.append(", ?::text[]");
      names.append(", c").append(i);
    }
    return "unnest(" + arrays + ") AS v(" + names + ")";
  }

  private String returning() {
    StringBuilder sql = new StringBuilder(" RETURNING t.").append(Sql.name(table.key()));
    shown.forEach(column -> sql.append(", t.").append(Sql.name(column)));
    return sql.toString();
  }

  private Map<String, Row> write(
      Connection connection, String sql, List<Draft> drafts, List<String> columns)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      fill(connection, statement, drafts, columns);
      Map<String, Row> found = new HashMap<>();
      try (ResultSet results = statement.executeQuery()) {
        while (results.next()) {
          Row.Builder row = Row.builder();
          for (int i = 0; i < shown.size(); i++) {
            row.put(shown.get(i), results.getString(i + 2));
          }
          found.put(results.getString(1), row.build());
        }
      }
      return found;
    }
  }

  private static void fill(
      Connection connection, PreparedStatement statement, List<Draft> drafts, List<String> columns)
      throws SQLException {
    statement.setArray(
        1, connection.createArrayOf("text", drafts.stream().map(Draft::id).toArray()));
    for (int i = 0; i < columns.size(); i++) {
      @Nullable String[] values = new @Nullable String[drafts.size()];
      for (int j = 0; j < values.length; j++) {
        values[j] = drafts.get(j).row().value(columns.get(i)).orElse(null);
      }
      statement.setArray(i + 2, connection.createArrayOf("text", values));
    }
  }

  /** The key of a row that has these values, other than one's own. */
  Optional<String> other(Connection connection, List<String> columns, Row row, String own)
      throws SQLException {
    List<String> conditions = new ArrayList<>();
    for (String column : columns) {
      String same = row.value(column).isPresent() ? " = ?::" + cast(column) : " IS NULL";
      conditions.add("t." + Sql.name(column) + same);
    }
    String sql =
        "SELECT t."
            + Sql.name(table.key())
            + " FROM "
            + Sql.name(schema, table.name())
            + " t WHERE "
            + String.join(" AND ", conditions)
            + " AND t."
            + Sql.name(table.key())
            + "::text <> ? LIMIT 1";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      int at = 1;
      for (String column : columns) {
        if (row.value(column).isPresent()) {
          statement.setString(at++, row.value(column).orElseThrow());
        }
      }
      statement.setString(at, own);
      try (ResultSet results = statement.executeQuery()) {
        return results.next() ? Optional.of(results.getString(1)) : Optional.empty();
      }
    }
  }
}
