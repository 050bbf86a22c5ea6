package org.skerry.postgres.access;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Statements that travel together, in one way there and back: what a small transaction costs is
 * mostly the ways. They run in their order, in the caller's transaction. For one thread, once.
 */
public final class Together {
  private final StringBuilder sql = new StringBuilder();
  private final List<Object> parameters = new ArrayList<>();
  private final List<Rows> readers = new ArrayList<>();

  /** What is done with a statement's rows. */
  @FunctionalInterface
  public interface Rows {
    /** Reads them all. */
    void read(ResultSet rows) throws SQLException;
  }

  /**
   * Adds a statement whose result nobody wants.
   *
   * @param values its parameters: texts, numbers, and collections of texts or truth values
   */
  public Together add(String statement, Object... values) {
    return read(rows -> {}, statement, values);
  }

  /**
   * Adds a query.
   *
   * @param values as in {@link #add}
   */
  public Together read(Rows reader, String statement, Object... values) {
    sql.append(sql.isEmpty() ? "" : "; ").append(statement);
    parameters.addAll(Arrays.asList(values));
    readers.add(reader);
    return this;
  }

  /** Runs all of them, if there are any. */
  public void run(Connection connection) throws SQLException {
    if (readers.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(sql.toString())) {
      for (int i = 0; i < parameters.size(); i++) {
        set(connection, statement, i + 1, parameters.get(i));
      }
      boolean hasRows = statement.execute();
      for (Rows reader : readers) {
        if (hasRows) {
          try (ResultSet rows = statement.getResultSet()) {
            reader.read(rows);
          }
        }
        hasRows = statement.getMoreResults();
      }
    }
  }

  private static void set(Connection connection, PreparedStatement statement, int at, Object value)
      throws SQLException {
    switch (value) {
      case String text -> statement.setString(at, text);
      case Integer number -> statement.setInt(at, number);
      case Collection<?> many -> {
        @Nullable Object[] elements = many.toArray();
        boolean truths = elements.length > 0 && elements[0] instanceof Boolean;
        statement.setArray(at, connection.createArrayOf(truths ? "bool" : "text", elements));
      }
      default -> statement.setObject(at, value, Types.OTHER);
    }
  }
}
