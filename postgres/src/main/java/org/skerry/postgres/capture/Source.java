package org.skerry.postgres.capture;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** Where units come from. One thread takes them, in order; any may close it. */
interface Source extends AutoCloseable {
  /**
   * The next unit, waited for; nothing when the source was closed.
   *
   * @throws SQLException when the application's database cannot be read any more
   */
  Optional<Unit> next() throws SQLException, InterruptedException;

  /** Another unit that is here already. */
  Optional<Unit> more();

  /** Notes in the book's transaction that this unit and those before it are taken care of. */
  void note(Connection transaction, Unit last) throws SQLException;

  /** Lets PostgreSQL forget them; what was noted is durable. */
  void confirm(Unit last) throws SQLException;

  /** Ends it; whoever waits for a unit gets none. */
  @Override
  void close();
}
