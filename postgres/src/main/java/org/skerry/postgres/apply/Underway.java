package org.skerry.postgres.apply;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skerry.postgres.Satellite;
import org.skerry.postgres.access.Sql;
import org.skerry.postgres.access.Transactions;
import org.skerry.postgres.book.Book;
import org.skerry.postgres.book.Entry;
import org.skerry.postgres.book.Turns;
import org.skerry.postgres.mapping.Table;
import org.skerry.revision.RevId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rows that the application is asked to make, noted before it is asked: its transaction cannot be
 * committed together with the book, so a crash between the two leaves rows that the book does not
 * know. They are recognised by who made them, in the order in which they were asked for; all of a
 * call are there, or none is.
 */
public final class Underway {
  private static final Logger LOG = LoggerFactory.getLogger(Underway.class);

  private Underway() {}

  /** What is noted of a row that is not there yet. */
  private record Asked(String name, RevId rev, long user, String after) {}

  /**
   * Notes that rows of a table are going to be made, in this order.
   *
   * @param user who makes them
   */
  static void note(Connection connection, String schema, Table table, List<Showing> rows, long user)
      throws SQLException {
    String sql =
        "INSERT INTO skerry.underway (name, tbl, rev, usr, after, place) SELECT ?, ?, ?, ?,"
            + " coalesce((SELECT max("
            + Sql.name(table.key().columns().getFirst())
            + ")::text FROM "
            + Sql.name(schema, table.name())
            + "), '0'), ? ON CONFLICT (name) DO UPDATE SET rev = excluded.rev, usr = excluded.usr,"
            + " after = excluded.after, place = excluded.place";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < rows.size(); i++) {
        int at = 1;
        statement.setString(at++, rows.get(i).name());
        statement.setString(at++, table.name());
        statement.setString(at++, rows.get(i).rev().toString());
        statement.setLong(at++, user);
        statement.setInt(at, i);
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  static void remove(Connection connection, Collection<String> names) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("DELETE FROM skerry.underway WHERE name = ANY (?::text[])")) {
      statement.setArray(1, connection.createArrayOf("text", names.toArray()));
      statement.executeUpdate();
    }
  }

  /**
   * Finds out what became of rows that were asked for before a crash. Before capture begins, which
   * would take them for rows that somebody made.
   */
  public static void settle(Connection connection, Satellite satellite) throws SQLException {
    Map<String, List<Asked>> asked = Transactions.run(connection, Underway::asked);
    for (Map.Entry<String, List<Asked>> group : asked.entrySet()) {
      Optional<Table> table = satellite.mapping().table(group.getKey());
      if (table.isPresent()) {
        Transactions.run(
            connection,
            open -> {
              // A call that is being made at this moment is none of these.
              Turns.alone(open);
              settle(open, satellite.mapping().schema(), table.get(), group.getValue());
              return Boolean.TRUE;
            });
      }
    }
  }

  private static Map<String, List<Asked>> asked(Connection connection) throws SQLException {
    Map<String, List<Asked>> found = new LinkedHashMap<>();
    try (PreparedStatement statement =
            connection.prepareStatement(
                "SELECT tbl, name, rev, usr, after FROM skerry.underway ORDER BY tbl, place");
        ResultSet results = statement.executeQuery()) {
      while (results.next()) {
        int at = 1;
        found
            .computeIfAbsent(results.getString(at++), none -> new ArrayList<>())
            .add(
                new Asked(
                    results.getString(at++),
                    RevId.parse(results.getString(at++)),
                    results.getLong(at++),
                    results.getString(at)));
      }
    }
    return found;
  }

  private static void settle(Connection connection, String schema, Table table, List<Asked> asked)
      throws SQLException {
    List<String> ids = made(connection, schema, table, asked.getFirst());
    List<String> names = asked.stream().map(Asked::name).toList();
    if (ids.size() == asked.size()) {
      List<Entry> entries = new ArrayList<>();
      for (int i = 0; i < asked.size(); i++) {
        entries.add(
            new Entry(
                table.name(),
                asked.get(i).name(),
                Optional.of(ids.get(i)),
                Optional.of(asked.get(i).rev()),
                "",
                false));
      }
      Book.put(connection, entries);
      LOG.info("{} rows of {} were made before the node ended", ids.size(), table.name());
    } else if (!ids.isEmpty()) {
      LOG.warn(
          "{} rows of {} were asked for before the node ended, and {} are there: they become"
              + " documents of their own",
          asked.size(),
          table.name(),
          ids.size());
    }
    remove(connection, names);
  }

  private static List<String> made(Connection connection, String schema, Table table, Asked first)
      throws SQLException {
    String key = "t." + Sql.name(table.key().columns().getFirst());
    String sql =
        "SELECT "
            + key
            + "::text FROM "
            + Sql.name(schema, table.name())
            + " t WHERE "
            + key
            + " > ?::int8 AND t.create_uid = ? AND NOT EXISTS (SELECT FROM skerry.row b WHERE"
            + " b.tbl = ? AND b.id = "
            + key
            + "::text) ORDER BY "
            + key;
    List<String> found = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      int at = 1;
      statement.setString(at++, first.after());
      statement.setLong(at++, first.user());
      statement.setString(at, table.name());
      try (ResultSet results = statement.executeQuery()) {
        while (results.next()) {
          found.add(results.getString(1));
        }
      }
    }
    return found;
  }
}
