package org.skerry.postgres.task;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.skerry.postgres.Satellite;
import org.skerry.postgres.access.Transactions;
import org.skerry.postgres.apply.Apply;
import org.skerry.postgres.apply.Pass;
import org.skerry.postgres.apply.Tally;
import org.skerry.postgres.book.Installation;
import org.skerry.postgres.book.Rekeying;

/**
 * What others did, into the application. Capture runs meanwhile: nothing is written over what it
 * has not seen. One thread runs it, the task's; any may ask how it stands.
 */
final class Pull implements Task.Work, AutoCloseable {
  /** How long the first pass over all rows may take before others are told why they wait. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Satellite satellite;
  private final Apply apply;
  private final CaptureKeeper keeper;
  private Optional<Connection> connection = Optional.empty();

  /** Volatile: written by the task's thread, read by whoever asks. */
  private volatile Tally total = Tally.NONE;

  private volatile long waiting;

  Pull(Satellite satellite, Apply apply, CaptureKeeper keeper) {
    this.satellite = satellite;
    this.apply = apply;
    this.keeper = keeper;
  }

  /** What was done since the node was started. */
  Tally total() {
    return total;
  }

  /** How many documents wait to be rows. */
  long waiting() {
    return waiting;
  }

  Apply apply() {
    return apply;
  }

  @Override
  public Optional<Duration> run() throws SQLException, InterruptedException {
    if (satellite.mapping().pulled().isEmpty()) {
      return Optional.empty();
    }
    boolean captures = !satellite.mapping().pushed().isEmpty();
    if (captures) {
      keeper.acquire();
    }
    try {
      if (captures) {
        keeper.awaitFollowing(PATIENCE);
      }
      return pass();
    } catch (SQLException | RuntimeException e) {
      close();
      throw e;
    } finally {
      if (captures) {
        keeper.release();
      }
    }
  }

  private Optional<Duration> pass() throws SQLException, InterruptedException {
    Connection open = connection();
    Pass pass = apply.pass(open);
    total = total.plus(pass.tally());
    waiting = pass.waiting();
    return pass.retry();
  }

  private Connection connection() throws SQLException {
    if (connection.isEmpty() || connection.get().isClosed()) {
      Connection opened = satellite.access().open();
      connection = Optional.of(opened);
      Transactions.run(
          opened,
          book -> {
            Installation.make(book);
            Rekeying.run(book, satellite.mapping());
            return opened;
          });
    }
    return connection.get();
  }

  @Override
  public void close() throws SQLException {
    if (connection.isPresent()) {
      connection.get().close();
    }
    connection = Optional.empty();
  }
}
