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
import org.skerry.postgres.access.Together;
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
  private static final String LOCK = BY_NAME + " ORDER BY b.name FOR UPDATE OF b";
  private static final String PLACES =
      "SELECT q.name, coalesce(a.other, q.name), b.tbl, b.id, o.name IS NOT NULL"
          + " FROM unnest(?::text[]) AS q(name)"
          + " LEFT JOIN skerry.alias a ON a.name = q.name"
          + " LEFT JOIN skerry.row b ON b.name = coalesce(a.other, q.name) AND b.id IS NOT NULL"
          + " LEFT JOIN skerry.row o ON o.name = q.name";
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
    Map<String, Entry> found = new HashMap<>();
    if (names.isEmpty()) {
      return found;
    }
    try (PreparedStatement statement = connection.prepareStatement(BY_NAME)) {
      statement.setArray(1, texts(connection, names));
      entries(statement).forEach(entry -> found.put(entry.name(), entry));
    }
    return found;
  }

  /** As {@link #byName}; nobody else changes them until the transaction ends. */
  public static void lock(Together statements, Collection<String> names, Map<String, Entry> found) {
    statements.read(
        rows -> entries(rows).forEach(entry -> found.put(entry.name(), entry)), LOCK, names);
  }

  /**
   * Where a document's row is.
   *
   * @param document which one that row is called by: the document itself, or the one that it turned
   *     out to be the same as
   * @param row nothing when there is none
   * @param known whether the book has the document itself
   */
  public record Place(String document, Optional<RowRef> row, boolean known) {}

  /** Where documents' rows are, by the documents' ids. */
  public static Map<String, Place> places(Connection connection, Collection<String> names)
      throws SQLException {
    Map<String, Place> found = new HashMap<>();
    if (names.isEmpty()) {
      return found;
    }
    try (PreparedStatement statement = connection.prepareStatement(PLACES)) {
      statement.setArray(1, texts(connection, names));
      try (ResultSet results = statement.executeQuery()) {
        while (results.next()) {
          int at = 1;
          String name = results.getString(at++);
          String document = results.getString(at++);
          String table = results.getString(at++);
          Optional<RowRef> row =
              Optional.ofNullable(results.getString(at++)).map(id -> new RowRef(table, id));
          found.put(name, new Place(document, row, results.getBoolean(at)));
        }
      }
    }
    return found;
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
    Together statements = new Together();
    aliases(statements, names, found);
    statements.run(connection);
    return found;
  }

  /** The same, together with other statements. */
  public static void aliases(
      Together statements, Collection<String> names, Map<String, String> found) {
    statements.read(
        rows -> {
          while (rows.next()) {
            found.put(rows.getString(1), rows.getString(2));
          }
        },
        ALIASES,
        names);
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
    Together statements = new Together();
    put(statements, entries);
    statements.run(connection);
  }

  /** The same, together with other statements. */
  public static void put(Together statements, Collection<Entry> entries) {
    if (entries.isEmpty()) {
      return;
    }
    List<Entry> rows = entries.stream().filter(entry -> entry.id().isPresent()).toList();
    if (!rows.isEmpty()) {
      statements.add(
          RELEASE,
          rows.stream().map(Entry::table).toList(),
          rows.stream().map(entry -> entry.id().orElseThrow()).toList(),
          rows.stream().map(Entry::name).toList());
    }
    statements.add(PUT, columns(entries));
  }

  /** The columns of entries, as the arrays that statements take. */
  static Object[] columns(Collection<Entry> entries) {
    List<@Nullable String> ids = new ArrayList<>();
    List<@Nullable String> revs = new ArrayList<>();
    for (Entry entry : entries) {
      ids.add(entry.id().orElse(null));
      revs.add(entry.rev().map(RevId::toString).orElse(null));
    }
    return new Object[] {
      entries.stream().map(Entry::table).toList(),
      entries.stream().map(Entry::name).toList(),
      ids,
      revs,
      entries.stream().map(Entry::hash).toList(),
      entries.stream().map(Entry::here).toList()
    };
  }

  static Array texts(Connection connection, Collection<? extends @Nullable String> texts)
      throws SQLException {
    return connection.createArrayOf("text", texts.toArray());
  }

  private static List<Entry> entries(PreparedStatement statement) throws SQLException {
    try (ResultSet results = statement.executeQuery()) {
      return entries(results);
    }
  }

  /** The entries in rows that have an entry's columns. */
  static List<Entry> entries(ResultSet results) throws SQLException {
    List<Entry> found = new ArrayList<>();
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
    return found;
  }
}
