package org.skerry.postgres.book;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.skerry.postgres.access.Together;

/** How far readers came, in their callers' transactions. */
public final class Positions {
  private Positions() {}

  /** Where a reader is; nothing when it never read. */
  public static Optional<String> get(Connection connection, String reader) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT place FROM skerry.position WHERE reader = ?")) {
      statement.setString(1, reader);
      try (ResultSet results = statement.executeQuery()) {
        return results.next() ? Optional.of(results.getString(1)) : Optional.empty();
      }
    }
  }

  /** Notes where a reader is. */
  public static void put(Connection connection, String reader, String place) throws SQLException {
    Together statements = new Together();
    put(statements, reader, place);
    statements.run(connection);
  }

  /** The same, together with other statements. */
  public static void put(Together statements, String reader, String place) {
    statements.add(
        "INSERT INTO skerry.position (reader, place) VALUES (?, ?)"
            + " ON CONFLICT (reader) DO UPDATE SET place = excluded.place, at = now()",
        reader,
        place);
  }
}
