package org.skerry.bench.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.rocksdb.RocksDBException;

/**
 * Reads of 100,000 documents under each {@link Layout}, after compaction: both scans with their
 * documents, and reading by id.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
    value = 1,
    jvmArgs = {"-Xmx160m", "--enable-native-access=ALL-UNNAMED"})
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 3)
public class LayoutBenchmark {
  static final int DOCUMENTS = 100_000;
  static final int GROUP = 1_000;

  @Param public Layout layout;

  private Path folder;
  private LayoutStore store;
  private final SplittableRandom random = new SplittableRandom(1);

  @Setup(Level.Trial)
  public void load() throws IOException, RocksDBException {
    folder = Files.createTempDirectory("skerry-layout");
    store = new LayoutStore(folder, layout);
    for (int from = 0; from < DOCUMENTS; from += GROUP) {
      store.write(from, Folders.reports(from, GROUP));
    }
    store.compact();
    System.out.printf("%s: %.1f MB on disk%n", layout, Folders.size(folder) / 1e6);
  }

  @TearDown(Level.Trial)
  public void remove() throws IOException {
    store.close();
    Folders.delete(folder);
  }

  @Benchmark
  @OperationsPerInvocation(DOCUMENTS)
  public long changesWithDocuments() throws RocksDBException {
    return store.changesWithBodies();
  }

  @Benchmark
  @OperationsPerInvocation(DOCUMENTS)
  public long allDocumentsWithDocuments() throws RocksDBException {
    return store.documentsWithBodies();
  }

  @Benchmark
  public byte[] readById() throws RocksDBException {
    return store.get(random.nextInt(DOCUMENTS));
  }
}
