package org.skerry.store.rocksdb;

import java.util.concurrent.locks.LockSupport;

/**
 * Lets others have the carrier now and then. Reads neither block nor park, and the scheduler of
 * virtual threads takes no carrier away: on two cores, two that read in a loop would keep every
 * writer from hearing its answer.
 *
 * <p>{@code Thread.yield} is not enough: threads that yield are put where the carriers look first,
 * and those that another thread woke wait behind them for ever (seen on JDK 25). Parking for a
 * moment empties the carrier's hands.
 */
final class Courtesy {
  /** About a millisecond of reading; parking costs as much as a few reads. */
  private static final int READS = 256;

  /** Racy on purpose: it only has to come round now and then. */
  private int reads;

  /** Called after every document that was read. */
  void afterRead() {
    if (++reads >= READS) {
      reads = 0;
      if (Thread.currentThread().isVirtual()) {
        LockSupport.parkNanos(1);
      }
    }
  }
}
