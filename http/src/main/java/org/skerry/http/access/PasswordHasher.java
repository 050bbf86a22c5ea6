package org.skerry.http.access;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.skerry.http.HttpProblem;

/** Runs the slow hash few times at once, so that passwords leave processors for everything else. */
public final class PasswordHasher {
  private static final int AT_ONCE = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
  private static final long PATIENCE_SECONDS = 10;

  private final Semaphore slots = new Semaphore(AT_ONCE, true);

  /**
   * Does something that hashes, when it is its turn.
   *
   * @throws HttpProblem 503 when too many others are before it
   */
  <T> T whenItsTurnComes(Supplier<T> work) {
    try {
      if (!slots.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw busy();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw busy();
    }
    try {
      return work.get();
    } finally {
      slots.release();
    }
  }

  /** A new hash, however long it takes until its turn comes: for writers, which are few. */
  PasswordHash hash(String password, int iterations) {
    slots.acquireUninterruptibly();
    try {
      return PasswordHash.of(password, iterations);
    } finally {
      slots.release();
    }
  }

  private static HttpProblem busy() {
    return new HttpProblem(503, "busy", "Too many are signing in: try again in a few seconds");
  }
}
