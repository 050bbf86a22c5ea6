package org.skerry.postgres.task;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.skerry.postgres.Satellite;
import org.skerry.postgres.capture.Capture;
import org.skerry.postgres.capture.SlotState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks how much of its log PostgreSQL keeps for a satellite, and raises the alarm when that may
 * fill its disk, or when it is about to be given up. Where nothing happens in the mapped tables and
 * much elsewhere, it has the place in the log move on. A thread of its own.
 */
final class SlotWatch {
  private static final Logger LOG = LoggerFactory.getLogger(SlotWatch.class);
  private static final Duration PAUSE = Duration.ofSeconds(30);

  /** From here on the log's size is worth a word. */
  static final long MUCH = 1L << 30;

  /** So much is kept without anybody's need when the mapped tables are quiet. */
  private static final long IDLE = 32L << 20;

  private final Satellite satellite;
  private final Capture capture;
  private final Thread thread;

  /** Volatile: written by the watching thread, read by whoever asks. */
  private volatile Optional<SlotState> state = Optional.empty();

  private volatile Optional<String> alarm = Optional.empty();

  SlotWatch(Satellite satellite, Capture capture) {
    this.satellite = satellite;
    this.capture = capture;
    this.thread =
        Thread.ofVirtual().name("log of satellite " + satellite.name()).unstarted(this::watch);
  }

  /** How the place in the log stood when it was last looked at. */
  Optional<SlotState> state() {
    return state;
  }

  /** What somebody has to look at. */
  Optional<String> alarm() {
    return alarm;
  }

  void start() {
    thread.start();
  }

  void close() throws InterruptedException {
    thread.interrupt();
    if (thread.getState() != Thread.State.NEW) {
      thread.join();
    }
  }

  private void watch() {
    try {
      while (true) {
        Thread.sleep(PAUSE);
        look();
      }
    } catch (InterruptedException e) {
      LOG.debug("the log of satellite {} is not watched any more", satellite.name());
    }
  }

  /** Looks now. */
  void look() {
    try (Connection connection = satellite.access().open()) {
      state = capture.slot(connection);
      judge(state.flatMap(SlotWatch::judgement));
      if (state.filter(slot -> slot.active() && slot.behind() > IDLE).isPresent()) {
        capture.nudge(connection);
      }
    } catch (SQLException e) {
      LOG.debug("the log of satellite {} cannot be looked at", satellite.name(), e);
    }
  }

  private void judge(Optional<String> found) {
    if (found.isPresent() && alarm.isEmpty()) {
      LOG.warn("satellite {}: {}", satellite.name(), found.get());
    } else if (found.isEmpty() && alarm.isPresent()) {
      LOG.info("satellite {}: PostgreSQL's log is as it should be again", satellite.name());
    }
    alarm = found;
  }

  static Optional<String> judgement(SlotState slot) {
    long megabytes = slot.retained().orElse(0L) >> 20;
    if (slot.isLost()) {
      return Optional.of(
          "PostgreSQL gave up the log that was not read in time (max_slot_wal_keep_size); all rows"
              + " are read again");
    }
    if (slot.isEndangered()) {
      return Optional.of(
          "PostgreSQL is about to give up "
              + megabytes
              + " MB of log that were not read yet (max_slot_wal_keep_size)");
    }
    return slot.retained().orElse(0L) >= MUCH
        ? Optional.of(
            "PostgreSQL keeps "
                + megabytes
                + " MB of log that were not read yet, on its own disk: let this satellite run, or"
                + " delete its document")
        : Optional.empty();
  }
}
