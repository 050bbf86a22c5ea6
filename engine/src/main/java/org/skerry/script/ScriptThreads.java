package org.skerry.script;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.skerry.script.ScriptException.Kind;
import org.skerry.script.guard.ScriptThread;

/**
 * The threads on which functions run: platform threads, because a virtual one would keep its
 * carrier from all others while it computes, has no account of what it allocates, and shares its
 * stack's size with everybody. Any thread may call.
 */
final class ScriptThreads implements AutoCloseable {
  private static final long IDLE_SECONDS = 30;

  /**
   * How much longer than its time a function may take before its caller gives up on it, if large
   * calls do not move on meanwhile: it may wait for them, and waiting is no fault of its own.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** How many calls may wait for a thread; more than that would be minutes of waiting. */
  private static final int MOST_WAITING = 10_000;

  private final ThreadPoolExecutor pool;
  private final Supplier<ScriptLimits> limits;
  private final LongSupplier turns;
  private final Duration patience;
  private final AtomicInteger number = new AtomicInteger();

  /**
   * Threads.
   *
   * @param turns of the large calls: another number as soon as one has ended
   */
  ScriptThreads(Supplier<ScriptLimits> limits, LongSupplier turns) {
    this(limits, turns, PATIENCE);
  }

  ScriptThreads(Supplier<ScriptLimits> limits, LongSupplier turns, Duration patience) {
    this.limits = limits;
    this.turns = turns;
    this.patience = patience;
    this.pool =
        new ThreadPoolExecutor(
            limits.get().threads(),
            limits.get().threads(),
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MOST_WAITING),
            factory());
    pool.allowCoreThreadTimeOut(true);
  }

  /** Makes threads that may run scripts themselves, for those who run many. */
  ThreadFactory factory() {
    long stack = limits.get().stack();
    return work -> new ScriptThread(work, "script-" + number.incrementAndGet(), stack);
  }

  /** Runs an action here if this is a thread for scripts, or else on one, and waits for it. */
  <T> T call(Supplier<T> action) {
    if (Thread.currentThread() instanceof ScriptThread) {
      return action.get();
    }
    Handover<T> handover = new Handover<>(action);
    try {
      pool.execute(handover);
    } catch (java.util.concurrent.RejectedExecutionException e) {
      throw new ScriptException(Kind.TIMEOUT, "too many functions wait to be run");
    }
    return handover.await(limits.get().time().plus(patience), turns);
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }

  /** An action on its way to another thread, and its outcome on the way back. */
  private static final class Handover<T> implements Runnable {
    private final Supplier<T> action;
    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    /** Written before {@code ended} is counted down, read after it. */
    private Optional<T> result = Optional.empty();

    private Optional<Throwable> failure = Optional.empty();

    Handover(Supplier<T> action) {
      this.action = action;
    }

    @Override
    public void run() {
      started.countDown();
      try {
        result = Optional.of(action.get());
      } catch (RuntimeException | Error e) {
        failure = Optional.of(e);
      } finally {
        ended.countDown();
      }
    }

    T await(Duration patience, LongSupplier turns) {
      try {
        if (!await(started, patience, turns) || !await(ended, patience, turns)) {
          throw new ScriptException(Kind.TIMEOUT, "the function did not end in time");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new ScriptException(Kind.TIMEOUT, "the node is shutting down");
      }
      failure.ifPresent(Handover::rethrow);
      return result.orElseThrow();
    }

    private static boolean await(CountDownLatch latch, Duration patience, LongSupplier turns)
        throws InterruptedException {
      long before;
      do {
        before = turns.getAsLong();
        if (latch.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
          return true;
        }
      } while (turns.getAsLong() != before);
      return false;
    }

    private static void rethrow(Throwable failure) {
      if (failure instanceof RuntimeException exception) {
        throw exception;
      }
      throw (Error) failure;
    }
  }
}
