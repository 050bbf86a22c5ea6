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
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
  private final LiveKey key;
  private final List<String> shown;

  TableWriter(String schema, Table table, LiveTable live) {
    this.schema = schema;
    this.table = table;
    this.live = live;
    this.place = Sql.name(schema, table.name());
    this.key = LiveKey.of(table, live).orElseThrow();
    this.shown =
        table.columns().stream()
            .map(Column::name)
            .filter(name -> live.column(name).isPresent())
            .toList();
  }

  LiveTable live() {
    return live;
  }

  LiveKey key() {
    return key;
  }

  /**
   * What was written.
   *
   * @param id of the row now
   */
  record Written(String id, Row row) {}

  /** Makes rows; answers with them by their ids. */
  Map<String, Written> insert(Connection connection, List<Draft> drafts) throws SQLException {
    Map<String, Written> found = new HashMap<>();
    for (List<Draft> alike : alike(drafts, column -> true)) {
      List<String> columns = columns(alike.getFirst(), column -> true);
      List<String> names = new ArrayList<>();
      List<String> values = new ArrayList<>();
      for (int i = 0; i < key.columns().size(); i++) {
        // A key that the document says is written as that says it: nothing may cut it silently.
        if (!columns.contains(key.columns().get(i).name())) {
          names.add(Sql.name(key.columns().get(i).name()));
          values.add(key.value(i));
        }
      }
      for (int i = 0; i < columns.size(); i++) {
        names.add(Sql.name(columns.get(i)));
        values.add("v.c" + i + "::" + cast(columns.get(i)));
      }
      stamps(Stamp::insert, columns)
          .forEach(
              (column, value) -> {
                names.add(Sql.name(column));
                values.add(value);
              });
      String sql =
          "INSERT INTO "
              + place
              + " AS t ("
              + String.join(", ", names)
              + ") OVERRIDING SYSTEM VALUE SELECT "
              + String.join(", ", values)
              + " FROM "
              + source(columns.size())
              + returning(key.id("t"));
      found.putAll(write(connection, sql, alike, columns));
    }
    return found;
  }

  /** Changes rows, and their keys where these are members; answers by the ids that they had. */
  Map<String, Written> update(Connection connection, List<Draft> drafts) throws SQLException {
    Predicate<LiveColumn> changeable = column -> !column.identity();
    Map<String, Written> found = new HashMap<>();
    for (List<Draft> alike : alike(drafts, changeable)) {
      List<String> columns = columns(alike.getFirst(), changeable);
      List<String> sets = new ArrayList<>();
      for (int i = 0; i < columns.size(); i++) {
        sets.add(Sql.name(columns.get(i)) + " = v.c" + i + "::" + cast(columns.get(i)));
      }
      stamps(Stamp::update, columns)
          .forEach((column, value) -> sets.add(Sql.name(column) + " = " + value));
      if (sets.isEmpty()) {
        String column = Sql.name(key.columns().getFirst().name());
        sets.add(column + " = t." + column);
      }
      String sql =
          "UPDATE "
              + place
              + " AS t SET "
              + String.join(", ", sets)
              + " FROM "
              + source(columns.size())
              + " WHERE "
              + key.same("t")
              + returning(key.told());
      found.putAll(write(connection, sql, alike, columns));
    }
    return found;
  }

  /** Removes rows, or marks them as removed; answers with those that stay, by their ids. */
  Map<String, Written> delete(Connection connection, List<Draft> drafts) throws SQLException {
    return switch (table.deletion()) {
      case Deletion.Real real -> {
        String sql =
            "DELETE FROM " + place + " AS t USING " + source(0) + " WHERE " + key.same("t");
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
  private List<List<Draft>> alike(List<Draft> drafts, Predicate<LiveColumn> writable) {
    Map<List<String>, List<Draft>> groups = new LinkedHashMap<>();
    drafts.forEach(
        draft ->
            groups.computeIfAbsent(columns(draft, writable), none -> new ArrayList<>()).add(draft));
    return List.copyOf(groups.values());
  }

  /**
   * The columns to write, without those that PostgreSQL computes.
   *
   * @param writable which columns of the key may be written
   */
  private List<String> columns(Draft draft, Predicate<LiveColumn> writable) {
    return draft.row().columns().keySet().stream()
        .filter(
            name ->
                live.column(name)
                    .filter(column -> !column.generated())
                    .filter(column -> !table.key().has(name) || writable.test(column))
                    .isPresent())
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

  private String source(int columns) {
    IntFunction<String> name = i -> "c" + i;
    return "unnest("
        + Stream.concat(key.arrays(), Stream.generate(() -> "?::text[]").limit(columns))
            .collect(Collectors.joining(", "))
        + ") AS v("
        + Stream.concat(key.names(), IntStream.range(0, columns).mapToObj(name))
            .collect(Collectors.joining(", "))
        + ")";
  }

  /**
   * What stands there now.
   *
   * @param draft the id of what was to be written
   */
  private String returning(String draft) {
    StringBuilder sql = new StringBuilder(" RETURNING ").append(draft).append(", ");
    sql.append(key.id("t"));
    shown.forEach(column -> sql.append(", t.").append(Sql.name(column)));
    return sql.toString();
  }

  private Map<String, Written> write(
      Connection connection, String sql, List<Draft> drafts, List<String> columns)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      fill(connection, statement, drafts, columns);
      Map<String, Written> found = new HashMap<>();
      try (ResultSet results = statement.executeQuery()) {
        while (results.next()) {
          Row.Builder row = Row.builder();
          for (int i = 0; i < shown.size(); i++) {
            row.put(shown.get(i), results.getString(i + 3));
          }
          found.put(results.getString(1), new Written(results.getString(2), row.build()));
        }
      }
      return found;
    }
  }

  private void fill(
      Connection connection, PreparedStatement statement, List<Draft> drafts, List<String> columns)
      throws SQLException {
    int at = key.fill(connection, statement, 1, drafts.stream().map(Draft::id).toList());
    for (String column : columns) {
      @Nullable String[] values = new @Nullable String[drafts.size()];
      for (int j = 0; j < values.length; j++) {
        values[j] = drafts.get(j).row().value(column).orElse(null);
      }
      statement.setArray(at++, connection.createArrayOf("text", values));
    }
  }

  /** The id of a row that has these values, other than one's own. */
  Optional<String> other(Connection connection, List<String> columns, Row row, String own)
      throws SQLException {
    List<String> conditions = new ArrayList<>();
    for (String column : columns) {
      String same = row.value(column).isPresent() ? " = ?::" + cast(column) : " IS NULL";
      conditions.add("t." + Sql.name(column) + same);
    }
    String sql =
        "SELECT "
            + key.id("t")
            + " FROM "
            + Sql.name(schema, table.name())
            + " t WHERE "
            + String.join(" AND ", conditions)
            + " AND "
            + Sql.id("t", table.key().columns())
            + " <> ? LIMIT 1";
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
