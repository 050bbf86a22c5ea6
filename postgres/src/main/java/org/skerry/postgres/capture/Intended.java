package org.skerry.postgres.capture;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.skerry.revision.RevId;

/**
 * Revisions that a first pass is about to write: the next one, after it was broken off, finds other
 * rows, and must follow those that were written though the book does not know them. In its callers'
 * transactions.
 */
final class Intended {
  private Intended() {}

  static void put(Connection connection, List<Draft> drafts) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "INSERT INTO skerry.intended (name, rev) SELECT * FROM unnest(?::text[], ?::text[])"
                + " ON CONFLICT (name) DO UPDATE SET rev = excluded.rev")) {
      statement.setArray(
          1,
          connection.createArrayOf(
              "text", drafts.stream().map(draft -> draft.id().text()).toArray()));
      statement.setArray(
          2,
          connection.createArrayOf(
              "text", drafts.stream().map(draft -> draft.rev().toString()).toArray()));
      statement.executeUpdate();
    }
  }

  /** What was intended for documents. */
  static Map<String, RevId> of(Connection connection, Collection<String> names)
      throws SQLException {
    Map<String, RevId> found = new HashMap<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT name, rev FROM skerry.intended WHERE name = ANY (?::text[])")) {
      statement.setArray(1, connection.createArrayOf("text", names.toArray()));
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          found.put(result.getString(1), RevId.parse(result.getString(2)));
        }
      }
    }
    return found;
  }

  /** A first pass came to its end: the book knows all that was written. */
  static void clear(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement("DELETE FROM skerry.intended")) {
      statement.executeUpdate();
    }
  }
}
