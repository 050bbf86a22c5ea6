package org.skerry.postgres.task;

import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.skerry.postgres.Satellite.Flow;
import org.skerry.postgres.book.UnusableBookException;
import org.skerry.postgres.capture.CaptureStoppedException;
import org.skerry.replication.Backoff;
import org.skerry.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One direction of one satellite, in a thread of its own. It runs, and then waits: for the
 * schedule; where it goes on as things happen, for something to happen; for the time at which its
 * work wants to be done again; for the pause after a failure; or for somebody who asks.
 */
final class Task {
  private static final Logger LOG = LoggerFactory.getLogger(Task.class);

  /** How long what happens may wait for what happens next. */
  private static final Duration GATHERING = Duration.ofMillis(50);

  private final String name;
  private final Flow flow;
  private final Work work;
  private final InstantSource clock;
  private final Thread thread;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition turned = lock.newCondition();

  /** Guarded by lock: somebody wants it to run, whatever the schedule. */
  private boolean asked;

  /** Guarded by lock: something happened. */
  private boolean poked;

  /** Guarded by lock: how many runs were begun, and how many ended. */
  private long begun;

  private long ended;

  /** How long the last run took; the task's thread alone knows. */
  private long worked;

  /** Volatile: written by the task's thread, read by whoever asks. */
  private volatile TaskState state = TaskState.NEW;

  Task(String name, Flow flow, Work work, InstantSource clock) {
    this.name = name;
    this.flow = flow;
    this.work = work;
    this.clock = clock;
    this.thread = Thread.ofVirtual().name(name).unstarted(this::loop);
  }

  /** What a task does. */
  @FunctionalInterface
  interface Work {
    /**
     * Takes care of everything that is there.
     *
     * @return when it wants to be done again, though nothing happens
     */
    Optional<Duration> run() throws SQLException, InterruptedException;
  }

  TaskState state() {
    return state;
  }

  void start() {
    thread.start();
  }

  private void loop() {
    try {
      Optional<Duration> pause = flow.enabled() ? Optional.of(Duration.ZERO) : Optional.empty();
      while (true) {
        await(pause);
        pause = runOnce();
      }
    } catch (InterruptedException e) {
      LOG.debug("{} ends", name);
    } finally {
      finish();
    }
  }

  private void await(Optional<Duration> pause) throws InterruptedException {
    state = state.due(pause.map(clock.instant()::plus));
    lock.lockInterruptibly();
    try {
      boolean listens = flow.enabled() && flow.seconds().isEmpty();
      long left = pause.map(Duration::toNanos).orElse(Long.MAX_VALUE);
      if (poked && listens) {
        gather();
      }
      while (!asked && !(poked && listens) && left > 0) {
        left = turned.awaitNanos(left);
      }
      asked = false;
      poked = false;
      begun++;
    } finally {
      lock.unlock();
    }
  }

  /**
   * More happened while it ran, and more is about to: most of what a run costs does not depend on
   * how much that is, so it gets as much time as the last run took. Under lock.
   */
  private void gather() throws InterruptedException {
    long left = Math.min(worked, GATHERING.toNanos());
    while (!asked && left > 0) {
      left = turned.awaitNanos(left);
    }
  }

  private Optional<Duration> runOnce() throws InterruptedException {
    state = state.begun();
    long begin = System.nanoTime();
    Optional<Duration> again = Optional.empty();
    try {
      again = work.run();
      state = state.succeeded(clock.instant());
    } catch (SQLException e) {
      fail(Explanation.of(e));
    } catch (CaptureStoppedException | UnusableBookException | StoreException e) {
      fail(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      LOG.error("{} failed", name, e);
      fail("an error of the node's; its log says more");
    } finally {
      worked = System.nanoTime() - begin;
      end();
    }
    return state.failures() > 0 ? Optional.of(backoff()) : scheduled(again);
  }

  private void fail(String problem) {
    LOG.info("{} waits: {}", name, problem);
    state = state.failed(problem);
  }

  private Duration backoff() {
    return Backoff.DEFAULT.delay(state.failures(), ThreadLocalRandom.current());
  }

  private Optional<Duration> scheduled(Optional<Duration> again) {
    if (!flow.enabled()) {
      return Optional.empty();
    }
    return flow.seconds().isPresent() ? flow.seconds().map(Duration::ofSeconds) : again;
  }

  private void end() {
    lock.lock();
    try {
      ended = begun;
      turned.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void finish() {
    lock.lock();
    try {
      ended = Long.MAX_VALUE;
      turned.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Has it run as soon as it can; returns the number of the run that will have seen everything. */
  long ask() {
    lock.lock();
    try {
      asked = true;
      turned.signalAll();
      return begun + 1;
    } finally {
      lock.unlock();
    }
  }

  /** Something happened. */
  void poke() {
    lock.lock();
    try {
      poked = true;
      turned.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until a run has ended.
   *
   * @return whether it has
   */
  boolean await(long run, Duration most) throws InterruptedException {
    long left = most.toNanos();
    lock.lockInterruptibly();
    try {
      while (ended < run && left > 0) {
        left = turned.awaitNanos(left);
      }
      return ended >= run;
    } finally {
      lock.unlock();
    }
  }

  /** Ends a run that is under way, and waits until it has. */
  void close() throws InterruptedException {
    thread.interrupt();
    if (thread.getState() != Thread.State.NEW) {
      thread.join();
    }
  }
}
