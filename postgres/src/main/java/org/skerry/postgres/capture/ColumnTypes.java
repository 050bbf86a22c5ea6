package org.skerry.postgres.capture;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.skerry.postgres.capture.pgoutput.Relation;
import org.skerry.postgres.row.Shape;

/** What tables were made of when their rows changed. One thread. */
final class ColumnTypes {
  /** A domain is what it is made of. */
  private static final String NAMES =
      """
      SELECT t.oid, CASE WHEN t.typtype = 'd' THEN b.typname ELSE t.typname END
      FROM pg_catalog.pg_type t LEFT JOIN pg_catalog.pg_type b ON b.oid = t.typbasetype
      WHERE t.oid = ANY (?::oid[])
      """;

  private final Map<Integer, String> names = new HashMap<>();

  Shape shape(Connection connection, Relation relation) throws SQLException {
    List<Integer> unknown = new ArrayList<>();
    for (Relation.Column column : relation.columns()) {
      if (!names.containsKey(column.type())) {
        unknown.add(column.type());
      }
    }
    if (!unknown.isEmpty()) {
      look(connection, unknown);
    }
    Map<String, String> types = new HashMap<>();
    for (Relation.Column column : relation.columns()) {
      // A type that was dropped since: its values stay the texts that they are.
      types.put(column.name(), names.getOrDefault(column.type(), "text"));
    }
    return new Shape(types);
  }

  private void look(Connection connection, List<Integer> oids) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(NAMES)) {
      statement.setArray(
          1,
          connection.createArrayOf("int8", oids.stream().map(Integer::toUnsignedLong).toArray()));
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          names.put((int) result.getLong(1), result.getString(2));
        }
      }
    }
  }
}
