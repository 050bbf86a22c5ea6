package org.skerry.bench.changes;

import org.skerry.store.MemoryStore;

/** The feed over the reference engine. */
public class MemoryFeedBenchmark extends FeedBenchmark {
  public MemoryFeedBenchmark() {
    super(new MemoryStore());
  }
}
