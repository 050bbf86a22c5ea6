package org.skerry.postgres.number;

import java.sql.Connection;
import java.sql.SQLException;

/** What counts: one number after the other, each given once. */
public sealed interface Counter permits SequenceCounter, StrictCounter {
  /** Where it stands. */
  Stand stand(Connection connection) throws SQLException;

  /** Has it go on, so that what it gives next is behind a number. */
  void move(Connection connection, Stand stand, long number) throws SQLException;

  /**
   * Takes the next number.
   *
   * @param attempt from 1: how often a number was taken for the same purpose; transactions that
   *     failed took theirs back
   */
  long next(Connection connection, int attempt) throws SQLException;
}
