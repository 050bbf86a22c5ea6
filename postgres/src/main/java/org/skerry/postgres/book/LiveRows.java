package org.skerry.postgres.book;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skerry.postgres.access.Sql;
import org.skerry.postgres.mapping.RowName;
import org.skerry.postgres.mapping.Table;
import org.skerry.postgres.row.NaturalName;
import org.skerry.postgres.row.Row;
import org.skerry.postgres.row.RowRef;

/** Rows as they are at the moment, for those who know their keys. */
public final class LiveRows {
  private LiveRows() {}

  /** Some columns of rows; rows that are not there are left out. */
  public static Map<RowRef, Row> read(
      Connection connection,
      String schema,
      Table table,
      List<String> columns,
      Collection<RowRef> rows)
      throws SQLException {
    Map<RowRef, Row> found = new HashMap<>();
    if (rows.isEmpty()) {
      return found;
    }
    StringBuilder sql = new StringBuilder("SELECT ").append(Sql.id("t", table.key().columns()));
    columns.forEach(column -> sql.append(", t.").append(Sql.name(column)));
    sql.append(" FROM ").append(Sql.name(schema, table.name())).append(" t ");
    sql.append(chosen(schema, table));
    List<List<String>> keys =
        rows.stream().flatMap(row -> table.key().texts(row.id()).stream()).toList();
    try (PreparedStatement statement = connection.prepareStatement(sql.toString())) {
      for (int i = 0; i < table.key().columns().size(); i++) {
        int part = i;
        String array = literal(keys.stream().map(texts -> texts.get(part)).toList());
        statement.setObject(i + 1, array, Types.OTHER);
      }
      try (ResultSet results = statement.executeQuery()) {
        while (results.next()) {
          Row.Builder row = Row.builder();
          for (int i = 0; i < columns.size(); i++) {
            row.put(columns.get(i), results.getString(i + 2));
          }
          found.put(new RowRef(table.name(), results.getString(1)), row.build());
        }
      }
    }
    return found;
  }

  /**
   * Which rows of {@code t}: one parameter for each column of the key, an array of texts. Where
   * they are several each gets its type from an empty array of the column's own.
   */
  private static String chosen(String schema, Table table) {
    List<String> columns = table.key().columns();
    if (table.key().isSingle()) {
      return "WHERE t." + Sql.name(columns.getFirst()) + " = ANY (?)";
    }
    List<String> arrays = new ArrayList<>();
    List<String> names = new ArrayList<>();
    List<String> same = new ArrayList<>();
    for (String column : columns) {
      String own = Sql.name(column);
      String name = "k" + names.size();
      arrays.add(
          "ARRAY(SELECT " + own + " FROM " + Sql.name(schema, table.name()) + " LIMIT 0) || ?");
      names.add(name);
      same.add("t." + own + " = k." + name);
    }
    return "JOIN unnest(%s) AS k(%s) ON %s"
        .formatted(String.join(", ", arrays), String.join(", ", names), String.join(" AND ", same));
  }

  /** An array of the column's own type, whatever that is: a text of unknown type. */
  private static String literal(Collection<String> values) {
    StringBuilder array = new StringBuilder("{");
    for (String value : values) {
      array.append(array.length() > 1 ? "," : "").append('"');
      array.append(value.replace("\\", "\\\\").replace("\"", "\\\"")).append('"');
    }
    return array.append('}').toString();
  }

  /** The names of rows that a list has, by row. */
  static Map<RowRef, String> listed(
      Connection connection,
      String schema,
      String type,
      RowName.Listed listed,
      Collection<RowRef> rows)
      throws SQLException {
    List<String> conditions = new ArrayList<>(listed.where().keySet());
    StringBuilder sql = new StringBuilder("SELECT l.").append(Sql.name(listed.key()));
    listed.columns().forEach(column -> sql.append(", l.").append(Sql.name(column)));
    sql.append(" FROM ").append(Sql.name(schema, listed.table())).append(" l WHERE l.");
    sql.append(Sql.name(listed.key())).append(" = ANY (?)");
    conditions.forEach(column -> sql.append(" AND l.").append(Sql.name(column)).append(" = ?"));
    String table = rows.iterator().next().table();
    Map<RowRef, String> found = new HashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(sql.toString())) {
      statement.setObject(1, literal(rows.stream().map(RowRef::id).toList()), Types.OTHER);
      for (int i = 0; i < conditions.size(); i++) {
        statement.setString(i + 2, listed.where().get(conditions.get(i)));
      }
      try (ResultSet results = statement.executeQuery()) {
        while (results.next()) {
          List<Optional<String>> parts = new ArrayList<>();
          for (int i = 0; i < listed.columns().size(); i++) {
            parts.add(Optional.ofNullable(results.getString(i + 2)));
          }
          RowRef row = new RowRef(table, results.getString(1));
          NaturalName.of(type, parts).ifPresent(name -> found.merge(row, name, LiveRows::first));
        }
      }
    }
    return found;
  }

  /** A row that is listed twice has the smaller name, everywhere. */
  private static String first(String one, String other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
