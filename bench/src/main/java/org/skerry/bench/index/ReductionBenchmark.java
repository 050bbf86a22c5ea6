package org.skerry.bench.index;

import java.io.IOException;
import java.util.Optional;
import java.util.SplittableRandom;
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
import org.skerry.index.IndexReading;
import org.skerry.index.Reduction.Reduced;
import org.skerry.index.RowRange;
import tools.jackson.databind.node.IntNode;

/** Sums the rows of ranges of one length anywhere in an index of 200,000 rows. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class ReductionBenchmark {
  private static final int DOCUMENTS = 200_000;

  /** Rows in the range. */
  @Param({"10", "100", "1000", "10000", "100000"})
  private int length;

  private final SplittableRandom random = new SplittableRandom(2);
  private IndexedDatabase database;

  @Setup
  public void open() {
    database = new IndexedDatabase(DOCUMENTS);
  }

  @TearDown
  public void close() throws IOException {
    database.close();
  }

  @Benchmark
  public Optional<Reduced> reduce() {
    int from = random.nextInt(DOCUMENTS - length);
    try (IndexReading reading = database.index().read()) {
      return reading
          .view(0)
          .reduce(
              RowRange.between(
                  Optional.of(IntNode.valueOf(from)),
                  Optional.of(IntNode.valueOf(from + length - 1)),
                  true),
              0);
    }
  }
}
