package org.skerry.postgres.schema;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.skerry.postgres.row.Shape;

/** What live tables are made of. */
public final class Shapes {
  private static final String COLUMNS =
      """
      SELECT a.attname, CASE WHEN t.typtype = 'd' THEN b.typname ELSE t.typname END
      FROM pg_catalog.pg_attribute a
      JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
      LEFT JOIN pg_catalog.pg_type b ON b.oid = t.typbasetype
      WHERE n.nspname = ? AND c.relname = ? AND a.attnum > 0 AND NOT a.attisdropped
      """;

  private Shapes() {}

  /** A table's columns; none when there is no such table, or the login may not see it. */
  public static Shape read(Connection connection, String schema, String table) throws SQLException {
    Map<String, String> types = new HashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
      statement.setString(1, schema);
      statement.setString(2, table);
      try (ResultSet results = statement.executeQuery()) {
        while (results.next()) {
          types.put(results.getString(1), results.getString(2));
        }
      }
    }
    return new Shape(types);
  }
}
