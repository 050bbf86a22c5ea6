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
import org.skerry.postgres.access.Transactions;
import org.skerry.postgres.book.Book;
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
  private static final String LOADING = "first pass";
  private static final int HASH_BYTES = 16;

  /** How values are told; in the first way arrays were texts. */
  private static final int VALUES = 2;

  static Life of(String incarnation, Satellite satellite) {
    Mapping mapping = satellite.mapping();
    StringBuilder text = new StringBuilder(mapping.schema());
    text.append(' ').append(satellite.capture()).append(' ').append(VALUES);
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
  private static Optional<Life> read(Connection connection) throws SQLException {
    return Positions.get(connection, READER)
        .map(text -> text.split(" ", 2))
        .filter(parts -> parts.length == 2)
        .map(parts -> new Life(parts[0], parts[1]));
  }

  /** Why the book is not true of this one; nothing when it is. */
  Optional<String> reason(Connection connection) throws SQLException {
    Optional<Life> known = read(connection);
    if (known.isEmpty()) {
      return Optional.of("they never were");
    }
    if (known.get().equals(this)) {
      return Optional.empty();
    }
    return Optional.of(
        isOf(known.get()) ? "the mapping was changed" : "the database they fill is another one");
  }

  private boolean isOf(Life other) {
    return other.incarnation.equals(incarnation);
  }

  /** The book is going to be true of this one: capture has no place until all rows are read. */
  void begin(Connection connection) throws SQLException {
    Transactions.run(
        connection,
        book -> {
          if (read(book).filter(other -> !isOf(other)).isPresent()) {
            Book.forgetRevisions(book);
          }
          Positions.put(book, LogSource.READER, LOADING);
          Positions.put(book, READER, incarnation + " " + mapping);
          return this;
        });
  }
}
