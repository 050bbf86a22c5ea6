package org.skerry.script.rhino;

import org.jspecify.annotations.Nullable;

/**
 * The one call at a time that may take much memory. Any thread.
 *
 * <p>It is known by its thread and not by a count: a call may end by a stack overflow wherever it
 * is, also in here, and gives back what it has in any case.
 */
final class LargeCall {
  /** Volatile: whoever ends asks whether it is his without waiting for the lock. */
  private volatile @Nullable Thread owner;

  /** Waits until no other call is large. The caller's is from then on, until it ends. */
  synchronized void begin() {
    boolean interrupted = false;
    while (owner != null && !isMine()) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true; // who is large ends soon, and a call is not ended in the middle
      }
    }
    owner = Thread.currentThread();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** The caller's call has ended; harmless when it was not large. */
  void end() {
    if (isMine()) {
      giveBack();
    }
  }

  private boolean isMine() {
    return Thread.currentThread().equals(owner);
  }

  private synchronized void giveBack() {
    owner = null;
    notifyAll();
  }

  boolean isTaken() {
    return owner != null;
  }
}
