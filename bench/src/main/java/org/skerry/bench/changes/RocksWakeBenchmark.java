package org.skerry.bench.changes;

import java.io.IOException;
import org.openjdk.jmh.annotations.TearDown;

/** Waking over the embedded engine. */
public class RocksWakeBenchmark extends WakeBenchmark {
  private final Scratch scratch;

  public RocksWakeBenchmark() {
    this(Scratch.open());
  }

  private RocksWakeBenchmark(Scratch scratch) {
    super(scratch.store());
    this.scratch = scratch;
  }

  @TearDown
  public void remove() throws IOException {
    scratch.close();
  }
}
