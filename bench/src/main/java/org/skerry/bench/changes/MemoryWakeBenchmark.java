package org.skerry.bench.changes;

import org.skerry.store.MemoryStore;

/** Waking over the reference engine. */
public class MemoryWakeBenchmark extends WakeBenchmark {
  public MemoryWakeBenchmark() {
    super(new MemoryStore());
  }
}
