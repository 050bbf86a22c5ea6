package org.skerry.store.rocksdb;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.skerry.store.StoreException;

/**
 * Counts the calls that are inside the store, so that closing frees native memory only when nobody
 * uses it. Any thread.
 */
final class Gate {
  private static final long SHUT = Long.MIN_VALUE;

  /** Calls inside; with {@link #SHUT} added when no more may enter. */
  private final AtomicLong inside = new AtomicLong();

  /** Held by whoever shuts. */
  private final ReentrantLock shutting = new ReentrantLock();

  /** The thread that shuts, once there is one. Volatile: read by whoever leaves last. */
  private volatile @Nullable Thread closer;

  /**
   * For what those who come wait who may enter later; null when there will be no later. Volatile:
   * written before the gate shuts and after it opens again, read by who finds it shut.
   */
  private volatile @Nullable CountDownLatch pause;

  /** A call that is inside; closing it is leaving. */
  interface Pass extends AutoCloseable {
    @Override
    void close();
  }

  private final Pass pass = this::leave;

  Pass enter() {
    while (inside.incrementAndGet() < 0) {
      leave();
      awaitOpening();
    }
    return pass;
  }

  private void awaitOpening() {
    CountDownLatch opening = pause;
    if (opening == null) {
      if (inside.get() < 0 && pause == null) {
        throw new StoreException("the store is closed; open it again");
      }
      return;
    }
    try {
      opening.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException("interrupted while the store was opened anew");
    }
  }

  private void leave() {
    if (inside.decrementAndGet() == SHUT) {
      LockSupport.unpark(closer);
    }
  }

  /**
   * Runs an action when all have left, and lets nobody in before it has ended: they wait.
   *
   * @return whether it ran; not when the gate is shut, or some do not leave in time
   */
  boolean alone(Duration patience, Runnable action) {
    shutting.lock();
    try {
      if (inside.get() < 0) {
        return false;
      }
      CountDownLatch opening = new CountDownLatch(1);
      pause = opening;
      inside.addAndGet(SHUT);
      try {
        boolean empty = awaitLeaving(System.nanoTime() + patience.toNanos());
        if (empty) {
          action.run();
        }
        return empty;
      } finally {
        inside.addAndGet(-SHUT);
        pause = null;
        opening.countDown();
      }
    } finally {
      shutting.unlock();
    }
  }

  private boolean awaitLeaving(long deadline) {
    closer = Thread.currentThread();
    while (inside.get() != SHUT) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      LockSupport.parkNanos(this, left);
    }
    return true;
  }

  /**
   * Lets nobody in any more and waits until all have left.
   *
   * @return false when it was shut before
   */
  boolean shut() {
    shutting.lock();
    try {
      long before = inside.getAndUpdate(n -> n < 0 ? n : n + SHUT);
      if (before < 0) {
        return false;
      }
      closer = Thread.currentThread();
      boolean interrupted = false;
      while (inside.get() != SHUT) {
        LockSupport.park(this);
        interrupted |= Thread.interrupted();
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      return true;
    } finally {
      shutting.unlock();
    }
  }
}
