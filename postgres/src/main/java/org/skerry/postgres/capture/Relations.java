package org.skerry.postgres.capture;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.skerry.postgres.capture.pgoutput.Relation;
import org.skerry.postgres.mapping.Mapping;
import org.skerry.postgres.mapping.Table;

/**
 * Tables as they are at the moment, in the log's words: without generated columns, of which it does
 * not tell.
 */
final class Relations {
  private static final String COLUMNS =
      """
      SELECT c.oid, a.attname, a.atttypid
      FROM pg_catalog.pg_attribute a
      JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = ? AND c.relname = ? AND a.attnum > 0 AND NOT a.attisdropped
        AND a.attgenerated = ''
      ORDER BY a.attnum
      """;

  /** The oid of PostgreSQL's type {@code text}. */
  private static final int TEXT = 25;

  private Relations() {}

  /**
   * A mapped table.
   *
   * @throws SchemaException when it is not there, or lacks its key
   */
  static Relation read(Connection connection, Mapping mapping, Table table) throws SQLException {
    List<Relation.Column> columns = new ArrayList<>();
    int oid = 0;
    try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
      statement.setString(1, mapping.schema());
      statement.setString(2, table.name());
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          oid = (int) result.getLong(1);
          String name = result.getString(2);
          columns.add(new Relation.Column(name, table.key().has(name), (int) result.getLong(3)));
        }
      }
    }
    if (columns.stream().filter(Relation.Column::key).count() < table.key().columns().size()) {
      throw new SchemaException(
          "there is no table "
              + mapping.schema()
              + "."
              + table.name()
              + (table.key().isSingle() ? " with a column " : " with the columns ")
              + table.key()
              + "; `skerry postgres check` tells all that does not fit");
    }
    return new Relation(oid, mapping.schema(), table.name(), Relation.Identity.KEY, columns);
  }

  /**
   * A mapped table as it was when it had these columns; one that is gone, or generated, has no name
   * any more.
   *
   * @param columns none for the table as it is now
   */
  static Relation of(Connection connection, Mapping mapping, Table table, List<String> columns)
      throws SQLException {
    Relation now = read(connection, mapping, table);
    if (columns.isEmpty()) {
      return now;
    }
    List<Relation.Column> then = new ArrayList<>();
    for (String name : columns) {
      OptionalInt place = now.place(name);
      then.add(
          place.isPresent()
              ? now.columns().get(place.getAsInt())
              : new Relation.Column("", false, TEXT));
    }
    return new Relation(now.oid(), now.schema(), now.name(), now.identity(), then);
  }
}
