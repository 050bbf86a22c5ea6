package org.skerry.postgres.book;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The schema {@code skerry}, made when it is not there. Its tables:
 *
 * <ul>
 *   <li>{@code format}: the number of this layout.
 *   <li>{@code row}: which row is which document ({@link Entry}).
 *   <li>{@code alias}: documents that were found to be the same thing as another one.
 *   <li>{@code position}: how far each reader came.
 *   <li>{@code underway}: rows that the application is asked to make at the moment.
 *   <li>{@code waiting}: documents that cannot be rows yet, and why.
 *   <li>{@code intended}: revisions that a first pass over all rows is about to write.
 *   <li>{@code refused}: rows that a rule does not let be documents, with what they say.
 * </ul>
 */
public final class Installation {
  /** Others are refused by name. */
  private static final int FORMAT = 1;

  /** Two nodes that begin at the same moment. */
  private static final String LOCK =
      "SELECT pg_advisory_xact_lock(hashtextextended('skerry.book', 0))";

  private static final String TABLES =
      """
      CREATE SCHEMA IF NOT EXISTS skerry;
      CREATE TABLE IF NOT EXISTS skerry.format (version integer NOT NULL);
      CREATE TABLE IF NOT EXISTS skerry.row (
        name text PRIMARY KEY, tbl text NOT NULL, id text, rev text,
        hash text NOT NULL, here boolean NOT NULL, UNIQUE (tbl, id));
      CREATE TABLE IF NOT EXISTS skerry.alias (name text PRIMARY KEY, other text NOT NULL);
      CREATE TABLE IF NOT EXISTS skerry.position (
        reader text PRIMARY KEY, place text NOT NULL,
        at timestamptz NOT NULL DEFAULT now());
      CREATE TABLE IF NOT EXISTS skerry.waiting (
        name text PRIMARY KEY, tbl text NOT NULL, reason text NOT NULL, detail text NOT NULL,
        lacks text[] NOT NULL, since timestamptz NOT NULL DEFAULT now(),
        attempts integer NOT NULL DEFAULT 1, next timestamptz NOT NULL);
      CREATE TABLE IF NOT EXISTS skerry.intended (name text PRIMARY KEY, rev text NOT NULL);
      CREATE TABLE IF NOT EXISTS skerry.refused (
        name text PRIMARY KEY, tbl text NOT NULL, id text NOT NULL, deleted boolean NOT NULL,
        body text NOT NULL, reason text NOT NULL, since timestamptz NOT NULL DEFAULT now());
      CREATE TABLE IF NOT EXISTS skerry.underway (
        name text PRIMARY KEY, tbl text NOT NULL, rev text NOT NULL, usr int8 NOT NULL,
        after text NOT NULL, place integer NOT NULL);
      CREATE INDEX IF NOT EXISTS waiting_next ON skerry.waiting (next);
      CREATE INDEX IF NOT EXISTS waiting_lacks ON skerry.waiting USING gin (lacks);
      """;

  private Installation() {}

  /**
   * Makes what is not there, in the caller's transaction.
   *
   * @throws UnusableBookException when another version of this program made it
   * @throws SQLException when the login may not; it says what it needs
   */
  public static void make(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (isThere(statement) && isOfThisFormat(statement)) {
        return;
      }
      statement.execute(LOCK);
      statement.execute(TABLES);
      statement.execute(
          "INSERT INTO skerry.format SELECT "
              + FORMAT
              + " WHERE NOT EXISTS (SELECT FROM skerry.format)");
      isOfThisFormat(statement);
    }
  }

  private static boolean isThere(Statement statement) throws SQLException {
    try (ResultSet results =
        statement.executeQuery("SELECT to_regclass('skerry.format') IS NOT NULL")) {
      return results.next() && results.getBoolean(1);
    }
  }

  private static boolean isOfThisFormat(Statement statement) throws SQLException {
    try (ResultSet results = statement.executeQuery("SELECT version FROM skerry.format")) {
      if (!results.next()) {
        return false;
      }
      if (results.getInt(1) != FORMAT) {
        throw UnusableBookException.format(results.getInt(1), FORMAT);
      }
      return true;
    }
  }
}
