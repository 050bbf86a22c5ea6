package org.skerry.script;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The one call at a time that may take much memory. Who comes first is next. Any thread.
 *
 * <p>It is known by its thread and not by a count: a call may end by a stack overflow wherever it
 * is, also in here, and gives back what it has in any case.
 */
public final class LargeCall {
  private final ReentrantLock lock = new ReentrantLock(true);

  /** How often it began or ended. */
  private final AtomicLong turns = new AtomicLong();

  /**
   * Waits until no other call is large. The caller's is from then on, until it ends. Interrupts are
   * for later: who is large ends soon, and a call is not ended in the middle.
   */
  public void begin() {
    if (!lock.isHeldByCurrentThread()) {
      lock.lock();
      turns.incrementAndGet();
    }
  }

  /** The caller's call has ended; harmless when it was not large. */
  public void end() {
    if (lock.isHeldByCurrentThread()) {
      turns.incrementAndGet();
      lock.unlock();
    }
  }

  /** Stays as it is while the same call is large, or none is. */
  long turns() {
    return turns.get();
  }

  public boolean isTaken() {
    return lock.isLocked();
  }
}
