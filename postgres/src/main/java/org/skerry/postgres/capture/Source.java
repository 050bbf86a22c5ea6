package org.skerry.postgres.capture;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.skerry.postgres.access.Together;

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

  /**
   * Waits a little while others come, to take care of them together; not while somebody waits for
   * one of them.
   */
  void gather(Duration most) throws InterruptedException;

  /** Notes in the book's transaction that this unit and those before it are taken care of. */
  void note(Together statements, Unit last);

  /** Lets PostgreSQL forget them; what was noted is durable. */
  void confirm(Unit last) throws SQLException;

  /** Ends it; whoever waits for a unit gets none. */
  @Override
  void close();
}
