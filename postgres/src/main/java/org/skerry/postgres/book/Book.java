package org.skerry.postgres.book;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.skerry.postgres.row.RowRef;
import org.skerry.revision.RevId;

/**
 * The table {@code skerry.row}, read and written in its callers' transactions. Without state; any
 * thread.
 */
public final class Book {
  private static final String ENTRIES =
      "SELECT b.tbl, b.name, b.id, b.rev, b.hash, b.here FROM skerry.row b ";
  private static final String BY_ROW =
      ENTRIES + "JOIN unnest(?::text[], ?::text[]) AS q(tbl, id) ON b.tbl = q.tbl AND b.id = q.id";
  private static final String BY_NAME =
      ENTRIES + "JOIN unnest(?::text[]) AS q(name) ON b.name = q.name";
  private static final String ALIASES =
      "SELECT a.name, a.other FROM skerry.alias a JOIN unnest(?::text[]) AS q(name)"
          + " ON a.name = q.name";
  private static final String PUT =
      "INSERT INTO skerry.row AS b (tbl, name, id, rev, hash, here) SELECT * FROM unnest(?::text[],"
          + " ?::text[], ?::text[], ?::text[], ?::text[], ?::bool[]) ON CONFLICT (name) DO UPDATE"
          + " SET tbl = excluded.tbl, id = excluded.id, rev = excluded.rev, hash = excluded.hash,"
          + " here = excluded.here";
  private static final String RELEASE =
      "UPDATE skerry.row b SET id = NULL FROM unnest(?::text[], ?::text[], ?::text[])"
          + " AS q(tbl, id, name) WHERE b.tbl = q.tbl AND b.id = q.id AND b.name <> q.name";

  private Book() {}

  /** The entries of rows; those that have none are left out. */
  public static Map<RowRef, Entry> byRow(Connection connection, Collection<RowRef> rows)
      throws SQLException {
    Map<RowRef, Entry> found = new HashMap<>();
    if (rows.isEmpty()) {
      return found;
    }
    try (PreparedStatement statement = connection.prepareStatement(BY_ROW)) {
      statement.setArray(1, texts(connection, rows.stream().map(RowRef::table).toList()));
      statement.setArray(2, texts(connection, rows.stream().map(RowRef::id).toList()));
      for (Entry entry : entries(statement)) {
        found.put(new RowRef(entry.table(), entry.id().orElseThrow()), entry);
      }
    }
    return found;
  }

  /** The entries of documents; those that have none are left out. */
  public static Map<String, Entry> byName(Connection connection, Collection<String> names)
      throws SQLException {
    return byName(connection, names, BY_NAME);
  }

  private static Map<String, Entry> byName(
      Connection connection, Collection<String> names, String sql) throws SQLException {
    Map<String, Entry> found = new HashMap<>();
    if (names.isEmpty()) {
      return found;
    }
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(1, texts(connection, names));
      entries(statement).forEach(entry -> found.put(entry.name(), entry));
    }
    return found;
  }

  /** As {@link #byName}; nobody else changes them until the transaction ends. */
  public static Map<String, Entry> lock(Connection connection, Collection<String> names)
      throws SQLException {
    return byName(connection, names, BY_NAME + " ORDER BY b.name FOR UPDATE OF b");
  }

  /** Some rows of a table that are known; none when no row of it is. */
  public static List<RowRef> rows(Connection connection, String table, int limit)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT id FROM skerry.row WHERE tbl = ? AND id IS NOT NULL ORDER BY id LIMIT ?")) {
      statement.setString(1, table);
      statement.setInt(2, limit);
      List<RowRef> found = new ArrayList<>();
      try (ResultSet results = statement.executeQuery()) {
        while (results.next()) {
          found.add(new RowRef(table, results.getString(1)));
        }
      }
      return found;
    }
  }

  /** Forgets which revisions rows show: their database is another one. Names stay. */
  public static void forgetRevisions(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("UPDATE skerry.row SET rev = NULL, hash = ''");
    }
  }

  /** Documents that turned out to be the same thing as another one: that one, by their ids. */
  public static Map<String, String> aliases(Connection connection, Collection<String> names)
      throws SQLException {
    Map<String, String> found = new HashMap<>();
    if (names.isEmpty()) {
      return found;
    }
    try (PreparedStatement statement = connection.prepareStatement(ALIASES)) {
      statement.setArray(1, texts(connection, names));
      try (ResultSet results = statement.executeQuery()) {
        while (results.next()) {
          found.put(results.getString(1), results.getString(2));
        }
      }
    }
    return found;
  }

  /** Notes that a document is the same thing as another one, whose row is now the row of both. */
  public static void alias(Connection connection, String name, String other) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "INSERT INTO skerry.alias (name, other) VALUES (?, ?)"
                + " ON CONFLICT (name) DO UPDATE SET other = excluded.other")) {
      statement.setString(1, name);
      statement.setString(2, other);
      statement.executeUpdate();
    }
    try (PreparedStatement statement =
        connection.prepareStatement("UPDATE skerry.alias SET other = ? WHERE other = ?")) {
      statement.setString(1, other);
      statement.setString(2, name);
      statement.executeUpdate();
    }
  }

  /** Writes entries, each over what was known of its document. */
  public static void put(Connection connection, Collection<Entry> entries) throws SQLException {
    if (entries.isEmpty()) {
      return;
    }
    List<Entry> rows = entries.stream().filter(entry -> entry.id().isPresent()).toList();
    try (PreparedStatement statement = connection.prepareStatement(RELEASE)) {
      statement.setArray(1, texts(connection, rows.stream().map(Entry::table).toList()));
      statement.setArray(
          2, texts(connection, rows.stream().map(entry -> entry.id().orElseThrow()).toList()));
      statement.setArray(3, texts(connection, rows.stream().map(Entry::name).toList()));
      statement.executeUpdate();
    }
    try (PreparedStatement statement = connection.prepareStatement(PUT)) {
      fill(statement, connection, entries);
      statement.executeUpdate();
    }
  }

  static void fill(PreparedStatement statement, Connection connection, Collection<Entry> entries)
      throws SQLException {
    List<@Nullable String> ids = new ArrayList<>();
    List<@Nullable String> revs = new ArrayList<>();
    for (Entry entry : entries) {
      ids.add(entry.id().orElse(null));
      revs.add(entry.rev().map(RevId::toString).orElse(null));
    }
    int at = 1;
    statement.setArray(at++, texts(connection, entries.stream().map(Entry::table).toList()));
    statement.setArray(at++, texts(connection, entries.stream().map(Entry::name).toList()));
    statement.setArray(at++, texts(connection, ids));
    statement.setArray(at++, texts(connection, revs));
    statement.setArray(at++, texts(connection, entries.stream().map(Entry::hash).toList()));
    statement.setArray(
        at, connection.createArrayOf("bool", entries.stream().map(Entry::here).toArray()));
  }

  static Array texts(Connection connection, Collection<? extends @Nullable String> texts)
      throws SQLException {
    return connection.createArrayOf("text", texts.toArray());
  }

  private static List<Entry> entries(PreparedStatement statement) throws SQLException {
    List<Entry> found = new ArrayList<>();
    try (ResultSet results = statement.executeQuery()) {
      while (results.next()) {
        int at = 1;
        found.add(
            new Entry(
                results.getString(at++),
                results.getString(at++),
                Optional.ofNullable(results.getString(at++)),
                Optional.ofNullable(results.getString(at++)).map(RevId::parse),
                results.getString(at++),
                results.getBoolean(at)));
      }
    }
    return found;
  }
}
