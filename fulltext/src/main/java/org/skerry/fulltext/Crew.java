package org.skerry.fulltext;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads that write indexes: as many at work as there are cores, and none when there is
 * nothing to do. Any thread may call.
 */
final class Crew implements AutoCloseable {
  private static final long IDLE_SECONDS = 10;

  private final Semaphore places;
  private final int size;
  private final ThreadPoolExecutor threads;
  private final ScheduledThreadPoolExecutor clock;

  /**
   * A crew.
   *
   * @param factory makes its threads
   */
  Crew(int size, ThreadFactory factory) {
    this.size = size;
    this.places = new Semaphore(size);
    this.threads =
        new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            factory);
    this.clock =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("fulltext-clock").factory());
    clock.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
    clock.allowCoreThreadTimeOut(true);
    clock.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /** Begins something heavy; it starts when there is a place. */
  <T> Future<T> begin(Work<T> work) {
    return submit(
        () -> {
          places.acquireUninterruptibly();
          try {
            return work.run();
          } finally {
            places.release();
          }
        });
  }

  private <T> Future<T> submit(Callable<T> work) {
    try {
      return threads.submit(work);
    } catch (RejectedExecutionException e) {
      throw new StoppedException();
    }
  }

  /** Begins something short that nobody waits for. */
  void beginShort(Runnable work) {
    try {
      threads.execute(work);
    } catch (RejectedExecutionException e) {
      throw new StoppedException();
    }
  }

  /**
   * Runs something short on a thread of the crew, and waits for it whatever happens to the caller.
   */
  <T> T await(Work<T> work) throws IOException {
    Future<T> result = submit(work::run);
    awaitQuietly(result);
    return result(result);
  }

  private static <T> T result(Future<T> ended) throws IOException {
    return switch (ended.state()) {
      case SUCCESS -> ended.resultNow();
      case FAILED -> throw rethrown(ended.exceptionNow());
      case CANCELLED, RUNNING -> throw new IllegalStateException("work of the crew always ends");
    };
  }

  private static IOException rethrown(Throwable failure) {
    return switch (failure) {
      case IOException io -> io;
      case RuntimeException refusal -> throw refusal;
      case Error error -> throw error;
      default -> new IOException(failure);
    };
  }

  /**
   * Runs the same work on this thread and on others as long as there are places for them, and
   * returns when all are done.
   *
   * @param most how many threads there is work for
   */
  void share(int most, Work<?> work) throws IOException {
    List<Future<?>> others = new ArrayList<>();
    try {
      for (int i = 1; i < Math.min(most, size) && places.tryAcquire(); i++) {
        others.add(
            submit(
                () -> {
                  try {
                    return work.run();
                  } finally {
                    places.release();
                  }
                }));
      }
      work.run();
    } finally {
      for (Future<?> other : others) {
        awaitQuietly(other);
      }
    }
    for (Future<?> other : others) {
      result(other);
    }
  }

  /** What the crew runs. */
  @FunctionalInterface
  interface Work<T> {
    T run() throws IOException;
  }

  /** Nobody interrupts the crew; should somebody, the work still ends before its caller goes on. */
  private static void awaitQuietly(Future<?> work) {
    boolean interrupted = false;
    while (!work.isDone()) {
      try {
        work.get();
      } catch (ExecutionException e) {
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Runs something short later. */
  void later(Runnable task, long millis) {
    try {
      var unused = clock.schedule(() -> threads.execute(task), millis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      // What would be done later is done at the end, which has come.
      return;
    }
  }

  /** Waits for all that runs; nothing new begins. */
  @Override
  public void close() {
    clock.shutdownNow();
    threads.shutdown();
    boolean interrupted = false;
    while (true) {
      try {
        if (threads.awaitTermination(1, TimeUnit.MINUTES)) {
          break;
        }
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
