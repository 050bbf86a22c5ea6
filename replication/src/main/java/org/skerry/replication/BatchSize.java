package org.skerry.replication;

import java.time.Duration;

/**
 * How many documents go together: more on a line that is fast, fewer on one that is slow or breaks.
 */
final class BatchSize {
  /** Volatile: the writing thread sets what the reading one asks. */
  private volatile int size = Tuning.FIRST_BATCH;

  int get() {
    return size;
  }

  /** Learns from a batch that went through. */
  void took(int documents, Duration time) {
    if (time.compareTo(Tuning.SLOW_BATCH) > 0) {
      failed();
    } else if (documents >= size && time.compareTo(Tuning.QUICK_BATCH) < 0) {
      size = Math.min(Tuning.LARGEST_BATCH, size * 2);
    }
  }

  /** Learns from one that did not. */
  void failed() {
    size = Math.max(Tuning.SMALLEST_BATCH, size / 2);
  }
}
