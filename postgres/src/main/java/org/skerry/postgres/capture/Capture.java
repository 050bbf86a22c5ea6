package org.skerry.postgres.capture;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.skerry.database.Database;
import org.skerry.postgres.Satellite;
import org.skerry.postgres.access.Transactions;
import org.skerry.postgres.book.Installation;
import org.skerry.postgres.book.Rekeying;

/**
 * Captures what one application does. {@link #run} belongs to one thread; any may ask how it
 * stands, and pass the gate.
 */
public final class Capture {
  private static final int MOST_CHANGES = 5_000;
  private static final int MOST_UNITS = 500;

  /** How long units may wait for others that come behind them. */
  private static final Duration GATHERING = Duration.ofMillis(50);

  private final Satellite satellite;
  private final Database database;
  private final Figures figures;
  private final Intake intake;
  private final RemarkGate.Remark remark;
  private final RemarkGate gate;

  /** Whether what was refused is to be tried again. */
  private final AtomicBoolean again = new AtomicBoolean();

  /** Volatile: set before the first run. */
  private volatile Runnable listener = () -> {};

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition turned = lock.newCondition();

  /** Written under lock by the capturing thread; volatile, read by whoever asks. */
  private volatile Phase phase = new Phase.Stopped();

  /**
   * Captures into a database.
   *
   * @param together whether the store writes several documents all or none
   */
  public Capture(
      Satellite satellite,
      Database database,
      boolean together,
      Figures figures,
      InstantSource clock) {
    this.satellite = satellite;
    this.database = database;
    this.figures = figures;
    this.remark = isLogical(satellite) ? RemarkGate::inLog : Outbox::remark;
    this.gate = new RemarkGate(satellite.access(), remark);
    this.intake = new Intake(satellite, new Documents(database, together), figures, clock);
  }

  /** What capture does at the moment. */
  public sealed interface Phase {
    /** Nothing. */
    record Stopped() implements Phase {}

    /** It begins. */
    record Starting() implements Phase {}

    /** It reads all rows. */
    record FirstPass(String table, long rows) implements Phase {}

    /** It takes in what happens. */
    record Following() implements Phase {}
  }

  public Phase phase() {
    return phase;
  }

  private void turn(Phase next) {
    lock.lock();
    try {
      phase = next;
      turned.signalAll();
    } finally {
      lock.unlock();
    }
    listener.run();
  }

  /** Who is told of each new phase; it must return at once. */
  public void onTurn(Runnable told) {
    listener = told;
  }

  /**
   * Waits until what happens is taken in.
   *
   * @return whether it is
   */
  public boolean awaitFollowing(Duration most) throws InterruptedException {
    long left = most.toNanos();
    lock.lockInterruptibly();
    try {
      while (!(phase instanceof Phase.Following) && left > 0) {
        left = turned.awaitNanos(left);
      }
      return phase instanceof Phase.Following;
    } finally {
      lock.unlock();
    }
  }

  public Figures figures() {
    return figures;
  }

  /** What has to be passed by whoever writes into the application's tables. */
  public Gate gate() {
    return satellite.mapping().pushed().isEmpty() ? Gate.OPEN : gate;
  }

  /**
   * Captures until its thread is interrupted.
   *
   * @throws SQLException when the application's database cannot be reached (any more); what was
   *     under way is done again by the next call
   */
  public void run() throws SQLException, InterruptedException {
    turn(new Phase.Starting());
    String reason = "capture has ended";
    try (Connection connection = satellite.access().open()) {
      Transactions.run(
          connection,
          book -> {
            Installation.make(book);
            Rekeying.run(book, satellite.mapping());
            return satellite;
          });
      connection.setAutoCommit(true);
      try (Source source = begin(connection)) {
        gate.open();
        turn(new Phase.Following());
        follow(connection, source);
      }
    } catch (SQLException | RuntimeException e) {
      reason = "capture has failed: " + e.getMessage();
      if (Thread.interrupted()) {
        // The driver tells an interrupt as a broken connection.
        throw new InterruptedException();
      }
      throw e;
    } finally {
      gate.close(reason);
      turn(new Phase.Stopped());
    }
  }

  private Source begin(Connection connection) throws SQLException {
    FirstPass firstPass =
        new FirstPass(
            satellite.mapping(), intake, (table, rows) -> turn(new Phase.FirstPass(table, rows)));
    String incarnation = database.store().incarnation();
    return isLogical(satellite)
        ? new LogCapture(satellite, incarnation, firstPass, figures).begin(connection)
        : new OutboxCapture(satellite, incarnation, firstPass, figures).begin(connection);
  }

  private static boolean isLogical(Satellite satellite) {
    return satellite.capture() == Satellite.Capture.LOGICAL;
  }

  private void follow(Connection connection, Source source)
      throws SQLException, InterruptedException {
    Optional<Unit> next = source.next();
    while (next.isPresent()) {
      List<Unit> units = new ArrayList<>();
      int changes = 0;
      while (next.isPresent()) {
        units.add(next.get());
        changes += next.get().changes().size();
        next =
            changes < MOST_CHANGES && units.size() < MOST_UNITS ? source.more() : Optional.empty();
      }
      long begun = System.nanoTime();
      intake.take(connection, units, source);
      if (again.getAndSet(false)) {
        new Again(satellite.mapping(), intake).run(connection);
      }
      units.forEach(unit -> gate.met(unit.gates()));
      next = next(source, Duration.ofNanos(System.nanoTime() - begun));
    }
  }

  /**
   * The next unit. Where it came while others were taken care of, more are about to come, and most
   * of what they cost does not depend on their number: so they get as much time as these took.
   */
  private static Optional<Unit> next(Source source, Duration worked)
      throws SQLException, InterruptedException {
    Optional<Unit> next = source.more();
    if (next.isEmpty()) {
      return source.next();
    }
    if (next.get().gates().isEmpty()) {
      source.gather(worked.compareTo(GATHERING) < 0 ? worked : GATHERING);
    }
    return next;
  }

  /** The satellite's place in PostgreSQL's log; nothing when it has none. */
  public Optional<SlotState> slot(Connection connection) throws SQLException {
    return Slot.of(connection, satellite.name()).state(connection);
  }

  /** Has rows tried again that were refused; where capture runs, at once. */
  public void retry(Connection connection) throws SQLException {
    again.set(true);
    nudge(connection);
  }

  /** Has something happen in the log, so that the place in it moves on. */
  public void nudge(Connection connection) throws SQLException {
    remark.write(connection, "nudge");
  }

  /**
   * Gives up what was put into the application's database so that it could be captured. The book
   * stays.
   */
  public void forget(Connection connection) throws SQLException {
    Slot.of(connection, satellite.name()).drop(connection);
    new Publication(satellite.name(), satellite.mapping()).drop(connection);
    Outbox.drop(connection, satellite.mapping().schema());
  }
}
