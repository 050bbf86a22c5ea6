package org.skerry.bench.index;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Writes one document and brings the index up to date, whatever is in it already. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class UpdateBenchmark {
  @Param({"1000", "10000", "100000"})
  private int documents;

  private IndexedDatabase database;
  private int next;

  @Setup
  public void open() {
    database = new IndexedDatabase(documents);
  }

  @TearDown
  public void close() throws IOException {
    database.close();
  }

  @Benchmark
  public void updateOne() {
    database.write(next++ * 7 % documents);
    database.index().catchUp();
  }
}
