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
    StringBuilder sql = new StringBuilder("SELECT t.").append(Sql.name(table.key()));
    columns.forEach(column -> sql.append(", t.").append(Sql.name(column)));
    sql.append(" FROM ").append(Sql.name(schema, table.name())).append(" t WHERE t.");
    sql.append(Sql.name(table.key())).append(" = ANY (?)");
    try (PreparedStatement statement = connection.prepareStatement(sql.toString())) {
      statement.setObject(1, literal(rows), Types.OTHER);
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

  /** An array of the keys' own type, whatever that is: a text of unknown type. */
  private static String literal(Collection<RowRef> rows) {
    StringBuilder array = new StringBuilder("{");
    for (RowRef row : rows) {
      array.append(array.length() > 1 ? "," : "").append('"');
      array.append(row.id().replace("\\", "\\\\").replace("\"", "\\\"")).append('"');
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
      statement.setObject(1, literal(rows), Types.OTHER);
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
