package org.skerry.bench.changes;

import java.io.IOException;
import org.openjdk.jmh.annotations.TearDown;

/** The feed over the embedded engine. */
public class RocksFeedBenchmark extends FeedBenchmark {
  private final Scratch scratch;

  public RocksFeedBenchmark() {
    this(Scratch.open());
  }

  private RocksFeedBenchmark(Scratch scratch) {
    super(scratch.store());
    this.scratch = scratch;
  }

  @TearDown
  public void remove() throws IOException {
    scratch.close();
  }
}
