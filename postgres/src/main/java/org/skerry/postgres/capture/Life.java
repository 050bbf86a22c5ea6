package org.skerry.postgres.capture;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.skerry.postgres.Satellite;
import org.skerry.postgres.book.Positions;
import org.skerry.postgres.mapping.Column;
import org.skerry.postgres.mapping.Mapping;
import org.skerry.postgres.mapping.RowName;
import org.skerry.postgres.mapping.Table;

/**
 * What the book's revisions and capture's place are true of: one life of the database here, and one
 * way of capturing rows and making them documents.
 */
record Life(String incarnation, String mapping) {
  private static final String READER = "capture.life";
  private static final int HASH_BYTES = 16;

  static Life of(String incarnation, Satellite satellite) {
    Mapping mapping = satellite.mapping();
    StringBuilder text = new StringBuilder(mapping.schema());
    text.append(' ').append(satellite.capture());
    mapping.pushed().forEach(table -> append(text, table));
    return new Life(incarnation, hash(text.toString()));
  }

  private static void append(StringBuilder text, Table table) {
    text.append('\n').append(table.name()).append(' ').append(table.type());
    text.append(' ').append(table.key()).append(' ').append(spelled(table.rowName()));
    text.append(' ').append(table.deletion());
    for (Column column : table.columns()) {
      text.append("\n ").append(column.name()).append(' ').append(column.member()).append(' ');
      text.append(
          switch (column.content()) {
            case Column.Value value -> value.toString();
            case Column.Reference reference -> reference.toString();
            case Column.AnyReference(Map<String, String> tables) ->
                new TreeMap<>(tables).toString();
          });
    }
  }

  /** Without the order of maps, which is another one in each process. */
  private static String spelled(RowName name) {
    return switch (name) {
      case RowName.Uuid uuid -> "uuid";
      case RowName.Natural natural -> natural.toString();
      case RowName.Listed listed ->
          listed.table() + listed.key() + new TreeMap<>(listed.where()) + listed.columns();
    };
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The one that the book is true of. */
  static Optional<Life> read(Connection connection) throws SQLException {
    return Positions.get(connection, READER)
        .map(text -> text.split(" ", 2))
        .filter(parts -> parts.length == 2)
        .map(parts -> new Life(parts[0], parts[1]));
  }

  void write(Connection connection) throws SQLException {
    Positions.put(connection, READER, incarnation + " " + mapping);
  }
}
