package org.skerry.bench.core;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.skerry.document.Body;
import org.skerry.document.DocumentLimits;
import org.skerry.document.DocumentReader;
import org.skerry.document.IncomingDocument;
import org.skerry.document.RevisionHash;
import org.skerry.revision.RevId;

/** What a document of 1 KB costs at the door. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class DocumentBenchmark {
  private final byte[] json = Samples.observation();
  private final Body body = DocumentReader.read(json, DocumentLimits.DEFAULT).body();
  private final Optional<RevId> parent =
      Optional.of(RevId.parse("3-7f1c2d3e4f5a6b7c8d9e0f1a2b3c4d5e"));

  @Benchmark
  public IncomingDocument read() {
    return DocumentReader.read(json, DocumentLimits.DEFAULT);
  }

  @Benchmark
  public RevId hash() {
    return RevisionHash.next(parent, false, body, List.of());
  }
}
