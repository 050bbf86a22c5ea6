package org.skerry.postgres.capture;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.skerry.postgres.access.Sql;
import org.skerry.postgres.mapping.Mapping;
import org.skerry.postgres.mapping.Table;

/** Which tables' changes the log tells: those that are mapped to be captured, and no others. */
final class Publication {
  /**
   * Whether old rows tell a column of the key: by the primary key, a chosen index, or as a whole.
   */
  private static final String IDENTIFIED =
      """
      SELECT c.relreplident = 'f' OR EXISTS (
        SELECT FROM pg_catalog.pg_index i
        JOIN unnest(i.indkey) WITH ORDINALITY k(num, at) ON k.at <= i.indnkeyatts
        JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.num
        WHERE i.indrelid = c.oid AND a.attname = ?
          AND CASE c.relreplident WHEN 'd' THEN i.indisprimary AND i.indimmediate
            WHEN 'i' THEN i.indisreplident ELSE false END)
      FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = ? AND c.relname = ?
      """;

  private final String name;
  private final Mapping mapping;

  Publication(String satellite, Mapping mapping) {
    this.name = "skerry_" + satellite;
    this.mapping = mapping;
  }

  String name() {
    return name;
  }

  /** Whether it is there and names those tables. */
  boolean fits(Connection connection) throws SQLException {
    return exists(connection) && published(connection).equals(wanted());
  }

  /**
   * Makes it so. What was written before is not told.
   *
   * @throws SchemaException when PostgreSQL would refuse the application's own changes of a table
   *     that is published, or tell deletions without the key
   */
  void make(Connection connection) throws SQLException {
    refuseUnidentified(connection);
    try (Statement statement = connection.createStatement()) {
      if (!exists(connection)) {
        statement.execute(
            "CREATE PUBLICATION "
                + Sql.name(name)
                + (tables().isEmpty() ? "" : " FOR TABLE " + tables())
                + " WITH (publish_via_partition_root = true)");
      } else if (!fits(connection) && !tables().isEmpty()) {
        statement.execute("ALTER PUBLICATION " + Sql.name(name) + " SET TABLE " + tables());
      }
    }
  }

  private void refuseUnidentified(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(IDENTIFIED)) {
      for (Table table : mapping.pushed()) {
        for (String column : table.key().columns()) {
          refuseUnidentified(statement, table, column);
        }
      }
    }
  }

  private void refuseUnidentified(PreparedStatement statement, Table table, String column)
      throws SQLException {
    statement.setString(1, column);
    statement.setString(2, mapping.schema());
    statement.setString(3, table.name());
    try (ResultSet result = statement.executeQuery()) {
      if (result.next() && !result.getBoolean(1)) {
        throw new SchemaException(
            "PostgreSQL's log would not tell which row of table %s was changed or deleted, for"
                    .formatted(table.name())
                + " its identity has no column %s: give it a primary key of that, or ALTER TABLE"
                    .formatted(column)
                + " %s REPLICA IDENTITY FULL; or choose the capture `outbox`"
                    .formatted(table.name()));
      }
    }
  }

  void drop(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("DROP PUBLICATION IF EXISTS " + Sql.name(name));
    }
  }

  private String tables() {
    return wanted().stream()
        .map(table -> Sql.name(mapping.schema(), table))
        .collect(Collectors.joining(", "));
  }

  private Set<String> wanted() {
    List<Table> pushed = mapping.pushed();
    return pushed.stream().map(Table::name).collect(Collectors.toCollection(TreeSet::new));
  }

  private boolean exists(Connection connection) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT FROM pg_publication WHERE pubname = ?")) {
      statement.setString(1, name);
      try (ResultSet result = statement.executeQuery()) {
        return result.next();
      }
    }
  }

  private Set<String> published(Connection connection) throws SQLException {
    Set<String> found = new TreeSet<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT tablename FROM pg_publication_tables WHERE pubname = ? AND schemaname = ?")) {
      statement.setString(1, name);
      statement.setString(2, mapping.schema());
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          found.add(result.getString(1));
        }
      }
    }
    return found;
  }
}
