package org.skerry.postgres.capture;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.skerry.document.DocId;
import org.skerry.postgres.access.Together;
import org.skerry.postgres.row.RowRef;

/**
 * What a rule of the database does not let in, with its content: kept in the book, so that nothing
 * is lost, until the row is changed again or somebody has it tried again. In its callers'
 * transactions.
 */
public final class Refusals {
  private Refusals() {}

  /**
   * A row's edit that may not become a revision.
   *
   * @param body what the revision would have said
   * @param reason the rule's
   */
  public record Refusal(
      String name, RowRef row, boolean deleted, String body, String reason, Instant since) {}

  static void put(Connection connection, List<Draft> drafts, Map<DocId, String> reasons)
      throws SQLException {
    if (reasons.isEmpty()) {
      return;
    }
    try (PreparedStatement statement =
        connection.prepareStatement(
            "INSERT INTO skerry.refused (name, tbl, id, deleted, body, reason)"
                + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET"
                + " tbl = excluded.tbl, id = excluded.id, deleted = excluded.deleted,"
                + " body = excluded.body, reason = excluded.reason, since = now()")) {
      for (Draft draft : drafts) {
        String reason = reasons.get(draft.id());
        if (reason != null) {
          int at = 1;
          statement.setString(at++, draft.id().text());
          statement.setString(at++, draft.row().table());
          statement.setString(at++, draft.row().id());
          statement.setBoolean(at++, draft.content().deleted());
          statement.setString(at++, draft.content().body().toString());
          statement.setString(at, reason);
          statement.addBatch();
        }
      }
      statement.executeBatch();
    }
  }

  /** These documents were written after all. */
  static void remove(Together statements, Collection<String> names) {
    statements.add("DELETE FROM skerry.refused WHERE name = ANY (?::text[])", names);
  }

  /** Whether anything is refused at the moment. */
  static boolean any(Connection connection) throws SQLException {
    try (PreparedStatement statement =
            connection.prepareStatement("SELECT EXISTS (SELECT FROM skerry.refused)");
        ResultSet result = statement.executeQuery()) {
      return result.next() && result.getBoolean(1);
    }
  }

  /** The oldest refusals. */
  public static List<Refusal> list(Connection connection, int limit) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT name, tbl, id, deleted, body, reason, extract(epoch FROM since) * 1000"
                + " FROM skerry.refused ORDER BY since, name LIMIT ?")) {
      statement.setInt(1, limit);
      List<Refusal> found = new ArrayList<>();
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          int at = 1;
          found.add(
              new Refusal(
                  result.getString(at++),
                  new RowRef(result.getString(at++), result.getString(at++)),
                  result.getBoolean(at++),
                  result.getString(at++),
                  result.getString(at++),
                  Instant.ofEpochMilli(result.getLong(at))));
        }
      }
      return found;
    }
  }
}
