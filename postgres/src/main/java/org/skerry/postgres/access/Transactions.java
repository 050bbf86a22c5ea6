package org.skerry.postgres.access;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Runs work in transactions, and again when PostgreSQL says that somebody was in the way: Tryton
 * works at REPEATABLE READ, and whoever writes beside it must expect that.
 */
public final class Transactions {
  /** Serialization failure, deadlock, and a lock that was not to be had in time. */
  private static final Set<String> IN_THE_WAY = Set.of("40001", "40P01", "55P03");

  private static final int ATTEMPTS = 12;
  private static final int FIRST_MILLISECONDS = 2;
  private static final int MOST_MILLISECONDS = 1_000;

  private Transactions() {}

  /** What is done in one transaction; it may be called again, and keeps nothing of a failed try. */
  @FunctionalInterface
  public interface Work<T> {
    /** Does it, without committing. */
    T run(Connection connection) throws SQLException;
  }

  /**
   * Does work and commits it.
   *
   * @throws SQLException what the last try failed with
   */
  public static <T> T run(Connection connection, Work<T> work) throws SQLException {
    return run(connection, false, work);
  }

  /**
   * Looks something up: each statement is a transaction of its own, which saves two ways.
   *
   * @throws SQLException what the last try failed with
   */
  public static <T> T read(Connection connection, Work<T> work) throws SQLException {
    return run(connection, true, work);
  }

  private static <T> T run(Connection connection, boolean alone, Work<T> work) throws SQLException {
    for (int attempt = 1; ; attempt++) {
      try {
        connection.setAutoCommit(alone);
        T result = work.run(connection);
        if (!alone) {
          connection.commit();
        }
        return result;
      } catch (SQLException e) {
        rollback(connection, e);
        if (attempt == ATTEMPTS || !IN_THE_WAY.contains(String.valueOf(e.getSQLState()))) {
          throw e;
        }
        pause(attempt, e);
      } catch (RuntimeException e) {
        rollback(connection, e);
        throw e;
      }
    }
  }

  private static void rollback(Connection connection, Exception failure) {
    try {
      if (!connection.getAutoCommit()) {
        connection.rollback();
      }
    } catch (SQLException e) {
      failure.addSuppressed(e);
    }
  }

  private static void pause(int attempt, SQLException failure) throws SQLException {
    long most = Math.min(MOST_MILLISECONDS, (long) FIRST_MILLISECONDS << attempt);
    try {
      TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextLong(1, most + 1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure;
    }
  }
}
