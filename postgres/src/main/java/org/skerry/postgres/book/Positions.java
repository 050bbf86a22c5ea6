package org.skerry.postgres.book;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

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
    try (PreparedStatement statement =
        connection.prepareStatement(
            "INSERT INTO skerry.position (reader, place) VALUES (?, ?)"
                + " ON CONFLICT (reader) DO UPDATE SET place = excluded.place, at = now()")) {
      statement.setString(1, reader);
      statement.setString(2, place);
      statement.executeUpdate();
    }
  }
}
