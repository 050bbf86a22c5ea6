package org.skerry.postgres.book;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.skerry.postgres.access.Sql;
import org.skerry.postgres.access.Together;
import org.skerry.postgres.mapping.Key;
import org.skerry.postgres.mapping.Mapping;
import org.skerry.postgres.mapping.Table;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * By which columns the book knows a table's rows. Where a mapping names others than before, its
 * entries get the ids that the same rows have by these: else other rows would be taken for them, or
 * all for new ones. In its callers' transactions, before anything else is looked up.
 */
public final class Rekeying {
  private static final Logger LOG = LoggerFactory.getLogger(Rekeying.class);
  private static final String READER = "key of ";

  /** Begins ids that are being changed, so that none of them is in another one's way. */
  private static final String CHANGING = "\u0001";

  /** Begins ids of rows that are gone: no key spells them, so they are found to be gone. */
  private static final String GONE = "\u0002";

  private Rekeying() {}

  /**
   * Has the book know rows by a mapping's keys.
   *
   * @throws UnusableBookException when it does not say by which it knows them
   */
  public static void run(Connection connection, Mapping mapping) throws SQLException {
    Map<String, Key> known = known(connection);
    Together notes = new Together();
    for (Table table : mapping.tables()) {
      Optional<Key> before = Optional.ofNullable(known.get(table.name()));
      // Where nothing is noted, ids are of a time in which there were keys of one column only.
      if (before.isEmpty() && !table.key().isSingle() && hasRows(connection, table)) {
        throw UnusableBookException.key(table);
      } else if (before.filter(key -> !key.equals(table.key())).isPresent()) {
        change(connection, mapping.schema(), table, before.get());
      }
      if (!before.equals(Optional.of(table.key()))) {
        Positions.put(notes, READER + table.name(), spelled(table.key()));
      }
    }
    notes.run(connection);
  }

  private static Map<String, Key> known(Connection connection) throws SQLException {
    Map<String, Key> found = new HashMap<>();
    new Together()
        // Two at once would take each other's ids for those of rows that are gone.
        .add("SELECT pg_advisory_xact_lock(hashtextextended('skerry.keys', 0))")
        .read(
            rows -> {
              while (rows.next()) {
                found.put(rows.getString(1).substring(READER.length()), parse(rows.getString(2)));
              }
            },
            "SELECT reader, place FROM skerry.position WHERE starts_with(reader, ?)",
            READER)
        .run(connection);
    return found;
  }

  /** No name of a column has a quote in it. */
  private static String spelled(Key key) {
    return String.join("\"", key.columns());
  }

  private static Key parse(String text) {
    return new Key(List.of(text.split("\"", -1)));
  }

  private static void change(Connection connection, String schema, Table table, Key before)
      throws SQLException {
    List<String> needed = new ArrayList<>(before.columns());
    needed.addAll(table.key().columns());
    if (!hasAll(connection, schema, table.name(), needed)) {
      LOG.warn(
          "the key of table {} was {} and is {}, and it does not have both: its rows are new ones",
          table.name(),
          before,
          table.key());
      forget(connection, table, "");
      return;
    }
    String live = Sql.name(schema, table.name());
    new Together()
        .add(
            "UPDATE skerry.row b SET id = ? || "
                + Sql.id("t", table.key().columns())
                + " FROM "
                + live
                + " t WHERE b.tbl = ? AND b.id = "
                + Sql.id("t", before.columns()),
            CHANGING,
            table.name())
        .add(
            "UPDATE skerry.row SET id = ? || id WHERE tbl = ? AND left(id, 1) <> ?",
            GONE,
            table.name(),
            CHANGING)
        .add(
            "UPDATE skerry.row SET id = substr(id, 2) WHERE tbl = ? AND left(id, 1) = ?",
            table.name(),
            CHANGING)
        .run(connection);
    forget(connection, table, " AND left(id, 1) = '" + GONE + "'");
    LOG.info(
        "rows of table {} are known by {}, no longer by {}", table.name(), table.key(), before);
  }

  /**
   * The book does not know any more where rows are. Of those that are captured a first pass finds
   * out which are there; those that are only written are made when their documents change; those
   * that are only referred to are looked for by their names.
   */
  private static void forget(Connection connection, Table table, String which) throws SQLException {
    switch (table.mode()) {
      case PUSH, BOTH -> {}
      case PULL ->
          new Together()
              .add("UPDATE skerry.row SET id = NULL WHERE tbl = ?" + which, table.name())
              .run(connection);
      case NONE ->
          new Together()
              .add("DELETE FROM skerry.row WHERE tbl = ?" + which, table.name())
              .run(connection);
    }
  }

  private static boolean hasRows(Connection connection, Table table) throws SQLException {
    return !Book.rows(connection, table.name(), 1).isEmpty();
  }

  private static boolean hasAll(
      Connection connection, String schema, String table, List<String> columns)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT count(*) FROM pg_catalog.pg_attribute WHERE attrelid = to_regclass(?)"
                + " AND attname = ANY (?::text[]) AND attnum > 0 AND NOT attisdropped")) {
      statement.setString(1, Sql.name(schema, table));
      statement.setArray(2, Book.texts(connection, columns));
      try (ResultSet results = statement.executeQuery()) {
        results.next();
        return results.getLong(1) == Set.copyOf(columns).size();
      }
    }
  }
}
