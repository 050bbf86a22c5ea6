package org.skerry.postgres.book;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Who may look into the book while a row is made through the application's own door: that
 * transaction is the application's, so it cannot be committed together with the book, and capture
 * must not meet it before the book knows it. Both last until the caller's transaction ends.
 */
public final class Turns {
  private static final String KEY = "hashtextextended('skerry.turns', 0)";

  private Turns() {}

  /** For capture, before it looks at a transaction of the application. */
  public static void shared(Connection connection) throws SQLException {
    run(connection, "SELECT pg_advisory_xact_lock_shared(" + KEY + ")");
  }

  /** For whoever writes through the application's door, before the first call. */
  public static void alone(Connection connection) throws SQLException {
    run(connection, "SELECT pg_advisory_xact_lock(" + KEY + ")");
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
