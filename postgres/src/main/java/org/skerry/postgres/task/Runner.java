package org.skerry.postgres.task;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.skerry.database.Database;
import org.skerry.postgres.Satellite;
import org.skerry.postgres.access.Transactions;
import org.skerry.postgres.apply.Apply;
import org.skerry.postgres.apply.Underway;
import org.skerry.postgres.apply.Waiting;
import org.skerry.postgres.apply.WaitingRoom;
import org.skerry.postgres.book.Installation;
import org.skerry.postgres.capture.Capture;
import org.skerry.postgres.capture.Figures;
import org.skerry.postgres.capture.Refusals;
import org.skerry.postgres.capture.SlotState;
import org.skerry.store.Registration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One satellite while the node runs: its two tasks, and what they share. Any thread may call. */
public final class Runner {
  private static final Logger LOG = LoggerFactory.getLogger(Runner.class);

  private final Satellite satellite;
  private final Database database;
  private final Capture capture;
  private final CaptureKeeper keeper;
  private final Pull pull;
  private final Task pushing;
  private final Task pulling;
  private final Rules rules;
  private final SlotWatch watch;
  private final boolean captures;
  private final CountDownLatch forgotten = new CountDownLatch(1);
  private Optional<Registration> advances = Optional.empty();

  Runner(Satellite satellite, Database database, Surroundings surroundings) {
    this.satellite = satellite;
    this.database = database;
    this.capture =
        new Capture(
            satellite, database, surroundings.together(), new Figures(), surroundings.clock());
    this.keeper = new CaptureKeeper(satellite.name(), capture, this::settle);
    this.pull =
        new Pull(
            satellite,
            new Apply(satellite, database, capture.gate(), surroundings.doors().apply(satellite)),
            keeper);
    this.pushing =
        new Task(
            "push of satellite " + satellite.name(),
            satellite.push(),
            new Push(satellite, keeper),
            surroundings.clock());
    this.pulling =
        new Task(
            "pull of satellite " + satellite.name(), satellite.pull(), pull, surroundings.clock());
    this.rules = new Rules(satellite, database, surroundings.scoping());
    this.watch = new SlotWatch(satellite, capture);
    this.captures = !satellite.mapping().pushed().isEmpty();
  }

  /** Rows that the application made before a crash are known before capture meets them. */
  private void settle() throws SQLException {
    if (satellite.rpc().isEmpty()) {
      return;
    }
    try (Connection connection = satellite.access().open()) {
      Transactions.run(
          connection,
          book -> {
            Installation.make(book);
            return satellite;
          });
      Underway.settle(connection, satellite);
    }
  }

  /** The two directions. */
  public enum Direction {
    PUSH,
    PULL
  }

  /**
   * What is counted of a satellite.
   *
   * @param figures of capture
   * @param rowsWritten since the node was started
   * @param waiting documents that cannot be rows yet
   * @param retained bytes of log that PostgreSQL keeps
   * @param alarmed whether somebody has to look
   */
  public record Totals(
      Figures.Shown figures, long rowsWritten, long waiting, long retained, boolean alarmed) {}

  /** What is counted of it. */
  public Totals totals() {
    return new Totals(
        capture.figures().shown(),
        pull.total().written(),
        pull.waiting(),
        watch.state().flatMap(SlotState::retained).orElse(0L),
        watch.alarm().isPresent());
  }

  public Satellite satellite() {
    return satellite;
  }

  Database database() {
    return database;
  }

  Capture capture() {
    return capture;
  }

  CaptureKeeper keeper() {
    return keeper;
  }

  Pull pull() {
    return pull;
  }

  SlotWatch watch() {
    return watch;
  }

  TaskState state(Direction direction) {
    return task(direction).state();
  }

  private Task task(Direction direction) {
    return direction == Direction.PUSH ? pushing : pulling;
  }

  private boolean isContinuous() {
    return captures && satellite.push().enabled() && satellite.push().seconds().isEmpty();
  }

  void start() {
    rules.add();
    if (isContinuous()) {
      keeper.acquire();
    }
    advances = Optional.of(database.store().onAdvance(pulling::poke));
    pushing.start();
    pulling.start();
    if (captures && satellite.capture() == Satellite.Capture.LOGICAL) {
      watch.start();
    }
  }

  /** Has a direction run as soon as it can. */
  public void ask(Direction direction) {
    keeper.hurry();
    task(direction).ask();
  }

  /**
   * Has a direction run, and waits until that has ended.
   *
   * @return whether it has
   */
  public boolean run(Direction direction, Duration most) throws InterruptedException {
    keeper.hurry();
    Task task = task(direction);
    return task.await(task.ask(), most);
  }

  /** Documents that wait to be rows. */
  List<Waiting> waiting(String after, int most) throws SQLException {
    try (Connection connection = satellite.access().open()) {
      return Transactions.run(connection, book -> WaitingRoom.list(book, after, most));
    }
  }

  /** Rows that may not be documents. */
  List<Refusals.Refusal> refused(int most) throws SQLException {
    try (Connection connection = satellite.access().open()) {
      return Transactions.run(connection, book -> Refusals.list(book, most));
    }
  }

  /** Has everything tried again that waits or was refused. */
  void retry() throws SQLException {
    try (Connection connection = satellite.access().open()) {
      Transactions.run(connection, WaitingRoom::hurry);
      connection.setAutoCommit(true);
      capture.retry(connection);
    }
    pulling.ask();
  }

  /** Ends what is under way, and waits until it has; the next start goes on from there. */
  void close() {
    advances.ifPresent(Registration::close);
    try {
      watch.close();
      pulling.close();
      pull.close();
      pushing.close();
      if (isContinuous()) {
        keeper.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (SQLException e) {
      LOG.debug("the last connection to satellite {}", satellite.name(), e);
    }
  }

  /** The satellite is none any more: PostgreSQL must not keep its log for it. */
  void forget() {
    try {
      if (captures) {
        giveUp();
      }
    } finally {
      forgotten.countDown();
    }
  }

  /** Waits until nothing is left of it. */
  void awaitForgotten() throws InterruptedException {
    forgotten.await();
  }

  private void giveUp() {
    try (Connection connection = satellite.access().open()) {
      capture.forget(connection);
    } catch (SQLException e) {
      LOG.warn(
          "satellite {} was removed, but PostgreSQL may go on keeping its log for it: drop the slot"
              + " skerry_{}_… there ({})",
          satellite.name(),
          satellite.name(),
          Explanation.of(e));
    }
  }
}
