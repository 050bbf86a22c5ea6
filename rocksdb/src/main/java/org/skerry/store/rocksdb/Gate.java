package org.skerry.store.rocksdb;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
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

  /** The thread that shuts, once there is one. Volatile: read by whoever leaves last. */
  private volatile @Nullable Thread closer;

  /** A call that is inside; closing it is leaving. */
  interface Pass extends AutoCloseable {
    @Override
    void close();
  }

  private final Pass pass = this::leave;

  Pass enter() {
    if (inside.incrementAndGet() < 0) {
      leave();
      throw new StoreException("the store is closed; open it again");
    }
    return pass;
  }

  private void leave() {
    if (inside.decrementAndGet() == SHUT) {
      LockSupport.unpark(closer);
    }
  }

  /**
   * Lets nobody in any more and waits until all have left.
   *
   * @return false when it was shut before
   */
  boolean shut() {
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
  }
}
