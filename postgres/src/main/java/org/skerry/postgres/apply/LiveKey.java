package org.skerry.postgres.apply;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.skerry.postgres.access.Sql;
import org.skerry.postgres.mapping.Key;
import org.skerry.postgres.mapping.Table;
import org.skerry.postgres.row.Row;
import org.skerry.postgres.schema.LiveColumn;
import org.skerry.postgres.schema.LiveTable;

/**
 * A live table's key in SQL. Statements that are about many rows are told their keys as arrays of
 * texts, one for each column, and know them as {@code v.k0}, {@code v.k1}.
 */
final class LiveKey {
  private final Key key;
  private final List<LiveColumn> columns;

  private LiveKey(Key key, List<LiveColumn> columns) {
    this.key = key;
    this.columns = columns;
  }

  /** The key of a table; nothing when it does not have such columns any more. */
  static Optional<LiveKey> of(Table table, LiveTable live) {
    List<LiveColumn> columns =
        table.key().columns().stream().flatMap(name -> live.column(name).stream()).toList();
    return columns.size() == table.key().columns().size()
        ? Optional.of(new LiveKey(table.key(), columns))
        : Optional.empty();
  }

  List<LiveColumn> columns() {
    return columns;
  }

  /** As many parameters as the key has columns. */
  Stream<String> arrays() {
    return columns.stream().map(column -> "?::text[]");
  }

  /** What these are called. */
  Stream<String> names() {
    return IntStream.range(0, columns.size()).mapToObj(i -> "k" + i);
  }

  /** What one of them is as a value of its column. */
  String value(int index) {
    return "v.k" + index + "::" + columns.get(index).cast();
  }

  /** Whether a row is the one that is told. */
  String same(String row) {
    return IntStream.range(0, columns.size())
        .mapToObj(i -> row + '.' + Sql.name(columns.get(i).name()) + " = " + value(i))
        .collect(Collectors.joining(" AND "));
  }

  /** Whether a row is one whose key is told by a parameter for each column. */
  String single(String row) {
    return columns.stream()
        .map(column -> row + '.' + Sql.name(column.name()) + " = ?::" + column.cast())
        .collect(Collectors.joining(" AND "));
  }

  /** The id of a row. */
  String id(String row) {
    return key.isSingle()
        ? row + '.' + Sql.name(columns.getFirst().name())
        : Sql.id(row, key.columns());
  }

  /** The id that was told. */
  String told() {
    return key.isSingle() ? "v.k0" : Sql.id(names().map(name -> "v." + name).toList());
  }

  /**
   * Tells a statement ids.
   *
   * @param at the first of the parameters
   * @return the one behind them
   */
  int fill(Connection connection, PreparedStatement statement, int at, List<String> ids)
      throws SQLException {
    List<List<String>> texts = new ArrayList<>();
    for (String id : ids) {
      texts.add(texts(id));
    }
    for (int i = 0; i < columns.size(); i++) {
      int part = i;
      Object[] array = texts.stream().map(one -> one.get(part)).toArray();
      statement.setArray(at + i, connection.createArrayOf("text", array));
    }
    return at + columns.size();
  }

  /** Tells a statement the one id of which {@link #single} asks; returns the next parameter. */
  int fill(PreparedStatement statement, int at, String id) throws SQLException {
    int next = at;
    for (String text : texts(id)) {
      statement.setString(next++, text);
    }
    return next;
  }

  private List<String> texts(String id) throws SQLException {
    return key.texts(id)
        .orElseThrow(() -> new SQLException("the book has no key of " + key + ": " + id, "XX000"));
  }

  /** Columns of the key of which a row says nothing. */
  List<String> missing(Row row) {
    return key.columns().stream().filter(column -> row.value(column).isEmpty()).toList();
  }

  /** Columns of which a row says nothing, and for which the table has no rule, either. */
  List<String> unknown(Row row) {
    return columns.stream()
        .filter(column -> row.value(column.name()).isEmpty() && column.filled().isEmpty())
        .map(LiveColumn::name)
        .toList();
  }

  /**
   * The ids of new rows, as PostgreSQL is going to spell them.
   *
   * @param rows what they say of the key
   * @param missing what none of them says; the table's own rules give it
   */
  List<String> make(Connection connection, List<Row> rows, List<String> missing)
      throws SQLException {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      LiveColumn column = columns.get(i);
      values.add(
          missing.contains(column.name())
              ? "(" + column.filled().orElseThrow() + ")"
              : "v.k" + i + "::" + column.declared());
    }
    String sql =
        "SELECT "
            + Sql.id(values)
            + " FROM unnest("
            + arrays().collect(Collectors.joining(", "))
            + ") WITH ORDINALITY AS v("
            + names().collect(Collectors.joining(", "))
            + ", n) ORDER BY v.n";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < columns.size(); i++) {
        @Nullable String[] texts = new @Nullable String[rows.size()];
        for (int j = 0; j < texts.length; j++) {
          texts[j] = rows.get(j).value(columns.get(i).name()).orElse(null);
        }
        statement.setArray(i + 1, connection.createArrayOf("text", texts));
      }
      List<String> found = new ArrayList<>(rows.size());
      try (ResultSet results = statement.executeQuery()) {
        while (results.next()) {
          found.add(results.getString(1));
        }
      }
      return found;
    }
  }
}
