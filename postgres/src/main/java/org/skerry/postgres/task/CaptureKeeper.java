package org.skerry.postgres.task;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.skerry.postgres.book.UnusableBookException;
import org.skerry.postgres.capture.Capture;
import org.skerry.postgres.capture.CaptureStoppedException;
import org.skerry.postgres.capture.SchemaException;
import org.skerry.replication.Backoff;
import org.skerry.store.DatabaseGoneException;
import org.skerry.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a satellite's capture running for as long as anybody needs it, in a thread of its own, and
 * begins it again after a pause when it failed. Any thread may call.
 */
final class CaptureKeeper {
  private static final Logger LOG = LoggerFactory.getLogger(CaptureKeeper.class);

  private final String satellite;
  private final Capture capture;
  private final Before before;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition turned = lock.newCondition();

  /** This and those below are guarded by lock. */
  private int needed;

  private Optional<Thread> thread = Optional.empty();
  private boolean hurried;

  /** Whether the last attempt came to follow what happens. */
  private boolean followed;

  private long attempts;

  /** Volatile: written by the keeper's thread, read by whoever asks. */
  private volatile Optional<String> error = Optional.empty();

  /** Volatile: as error. */
  private volatile int failures;

  /** What has to be done before capture begins. */
  @FunctionalInterface
  interface Before {
    void run() throws SQLException;
  }

  CaptureKeeper(String satellite, Capture capture, Before before) {
    this.satellite = satellite;
    this.capture = capture;
    this.before = before;
    capture.onTurn(this::turned);
  }

  private void turned() {
    lock.lock();
    try {
      if (capture.phase() instanceof Capture.Phase.Following) {
        error = Optional.empty();
        followed = true;
      }
      turned.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Why capture failed the last time, while it has not begun again. */
  Optional<String> error() {
    return error;
  }

  int failures() {
    return failures;
  }

  /** From now on capture runs, until as many {@link #release} it. */
  void acquire() {
    lock.lock();
    try {
      needed++;
      if (thread.isEmpty()) {
        thread =
            Optional.of(
                Thread.ofVirtual().name("capture of satellite " + satellite).start(this::loop));
      }
    } finally {
      lock.unlock();
    }
  }

  void release() throws InterruptedException {
    Optional<Thread> ended = Optional.empty();
    lock.lock();
    try {
      needed--;
      if (needed == 0) {
        ended = thread;
        thread = Optional.empty();
      }
    } finally {
      lock.unlock();
    }
    if (ended.isPresent()) {
      ended.get().interrupt();
      ended.get().join();
    }
  }

  private void loop() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        run();
        pause(Backoff.DEFAULT.delay(Math.max(1, failures), ThreadLocalRandom.current()));
      }
    } catch (InterruptedException e) {
      LOG.debug("capture of satellite {} ends", satellite);
    }
  }

  private void run() throws InterruptedException {
    try {
      before.run();
      capture.run();
      fail("capture ended", Optional.empty());
    } catch (SQLException e) {
      fail(Explanation.of(e), Optional.empty());
    } catch (SchemaException | UnusableBookException | DatabaseGoneException e) {
      fail(String.valueOf(e.getMessage()), Optional.empty());
    } catch (StoreException e) {
      fail(String.valueOf(e.getMessage()), Optional.empty());
    } catch (RuntimeException e) {
      fail("an error of the node's; its log says more", Optional.of(e));
    }
  }

  private void fail(String problem, Optional<RuntimeException> unexpected) {
    lock.lock();
    try {
      failures = followed ? 1 : failures + 1;
      followed = false;
      attempts++;
      error = Optional.of(problem);
      turned.signalAll();
    } finally {
      lock.unlock();
    }
    if (unexpected.isPresent()) {
      LOG.error("capture of satellite {} failed", satellite, unexpected.get());
    } else {
      LOG.warn("capture of satellite {} waits: {}", satellite, problem);
    }
  }

  private void pause(Duration most) throws InterruptedException {
    long left = most.toNanos();
    lock.lockInterruptibly();
    try {
      while (!hurried && left > 0) {
        left = turned.awaitNanos(left);
      }
      hurried = false;
    } finally {
      lock.unlock();
    }
  }

  /** Has it begin at once when it pauses after a failure. */
  void hurry() {
    lock.lock();
    try {
      hurried = true;
      turned.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes care of everything that the application has done until now.
   *
   * @throws CaptureStoppedException when capture failed; it says why
   */
  void catchUp(Duration most) throws SQLException, InterruptedException {
    awaitFollowing(most);
    capture.gate().pass();
  }

  /**
   * Waits until capture takes in what happens.
   *
   * @throws CaptureStoppedException when it failed; it says why
   */
  void awaitFollowing(Duration most) throws InterruptedException {
    long left = most.toNanos();
    lock.lockInterruptibly();
    try {
      long before = attempts;
      while (!(capture.phase() instanceof Capture.Phase.Following)) {
        if (attempts != before || left <= 0) {
          throw new CaptureStoppedException(error.orElse("capture does not begin"));
        }
        left = turned.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }
}
