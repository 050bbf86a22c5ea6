package org.skerry.postgres.apply;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.skerry.document.Excerpt;
import org.skerry.postgres.access.Together;

/** The table {@code skerry.waiting}, in its callers' transactions. */
public final class WaitingRoom {
  private static final String COLUMNS =
      "SELECT name, tbl, reason, detail, lacks, since, attempts, next FROM skerry.waiting ";
  private static final String LATER =
      " next = clock_timestamp() + least(interval '1 hour',"
          + " interval '1 second' * 2 ^ least(w.attempts, 12))";
  private static final String PUT =
      "INSERT INTO skerry.waiting AS w (name, tbl, reason, detail, lacks, next)"
          + " VALUES (?, ?, ?, ?, ?, clock_timestamp() + interval '1 second')"
          + " ON CONFLICT (name) DO UPDATE SET tbl = excluded.tbl, reason = excluded.reason,"
          + " detail = excluded.detail, lacks = excluded.lacks, attempts = w.attempts + 1,"
          + LATER;
  private static final int LONGEST = 1_000;

  private WaitingRoom() {}

  /** Those that are tried again now: their time has come, or what they lack is there. */
  static Map<String, Reason> due(Connection connection, Collection<String> there, int most)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT name, reason FROM skerry.waiting WHERE next <= clock_timestamp() OR lacks && ?"
                + " ORDER BY next LIMIT ?")) {
      statement.setArray(1, texts(connection, there));
      statement.setInt(2, most);
      Map<String, Reason> found = new LinkedHashMap<>();
      try (ResultSet results = statement.executeQuery()) {
        while (results.next()) {
          found.put(results.getString(1), Reason.of(results.getString(2)));
        }
      }
      return found;
    }
  }

  /**
   * How full it is.
   *
   * @param count how many wait
   * @param pause how long it is until one is tried again; nothing when none waits
   */
  record Crowd(long count, Optional<Duration> pause) {}

  static Crowd crowd(Connection connection) throws SQLException {
    try (PreparedStatement statement =
            connection.prepareStatement(
                "SELECT count(*), ceil(1000 * extract(epoch FROM min(next) -"
                    + " clock_timestamp()))::int8 FROM skerry.waiting");
        ResultSet results = statement.executeQuery()) {
      results.next();
      long count = results.getLong(1);
      long milliseconds = Math.max(1, results.getLong(2));
      return new Crowd(
          count, count == 0 ? Optional.empty() : Optional.of(Duration.ofMillis(milliseconds)));
    }
  }

  static void put(
      Connection connection,
      String name,
      String table,
      Reason reason,
      String detail,
      Set<String> lacks)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(PUT)) {
      int at = 1;
      statement.setString(at++, name);
      statement.setString(at++, table);
      statement.setString(at++, reason.toString());
      statement.setString(at++, cut(detail));
      statement.setArray(at, texts(connection, lacks));
      statement.executeUpdate();
    }
  }

  private static String cut(String detail) {
    return Excerpt.beginning(detail, LONGEST);
  }

  /** Says more of why a document waits for those that it refers to. */
  static void remark(Connection connection, String name, String detail) throws SQLException {
    new Together()
        .add(
            "UPDATE skerry.waiting SET detail = ? WHERE name = ? AND reason = 'parent'",
            cut(detail),
            name)
        .run(connection);
  }

  /** Notes that it was tried in vain. */
  static void later(Connection connection, String name) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "UPDATE skerry.waiting AS w SET attempts = w.attempts + 1,"
                + LATER
                + " WHERE name = ?")) {
      statement.setString(1, name);
      statement.executeUpdate();
    }
  }

  /** Takes documents out that are rows now. */
  static void remove(Connection connection, Collection<String> names) throws SQLException {
    Together statements = new Together();
    remove(statements, names);
    statements.run(connection);
  }

  /** The same, together with other statements. */
  static void remove(Together statements, Collection<String> names) {
    if (!names.isEmpty()) {
      statements.add(
          "DELETE FROM skerry.waiting WHERE name = ANY (?::text[]) AND reason <> 'merged'", names);
    }
  }

  /** Takes documents out that are no more. */
  static void forget(Connection connection, Collection<String> names) throws SQLException {
    if (!names.isEmpty()) {
      new Together()
          .add("DELETE FROM skerry.waiting WHERE name = ANY (?::text[])", names)
          .run(connection);
    }
  }

  /** Has all of them tried again at the next pass. */
  public static int hurry(Connection connection) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("UPDATE skerry.waiting SET next = clock_timestamp()")) {
      return statement.executeUpdate();
    }
  }

  /**
   * Those that wait, in the order of their ids.
   *
   * @param after the last id of the page before
   */
  public static List<Waiting> list(Connection connection, String after, int most)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(COLUMNS + "WHERE name > ? ORDER BY name LIMIT ?")) {
      statement.setString(1, after);
      statement.setInt(2, most);
      List<Waiting> found = new ArrayList<>();
      try (ResultSet results = statement.executeQuery()) {
        while (results.next()) {
          found.add(waiting(results));
        }
      }
      return found;
    }
  }

  private static Waiting waiting(ResultSet results) throws SQLException {
    int at = 1;
    return new Waiting(
        results.getString(at++),
        results.getString(at++),
        Reason.of(results.getString(at++)),
        results.getString(at++),
        Set.copyOf(Arrays.asList((String[]) results.getArray(at++).getArray())),
        instant(results.getTimestamp(at++)),
        results.getInt(at++),
        instant(results.getTimestamp(at)));
  }

  private static Instant instant(Timestamp time) {
    return time.toInstant();
  }

  private static Array texts(Connection connection, Collection<String> texts) throws SQLException {
    return connection.createArrayOf("text", texts.toArray());
  }
}
