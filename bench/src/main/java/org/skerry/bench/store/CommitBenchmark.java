package org.skerry.bench.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;
import org.rocksdb.RocksDBException;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;
import org.skerry.store.DocumentStore;
import org.skerry.store.RevisionWrite;
import org.skerry.store.rocksdb.RocksStore;

/**
 * Loading 100,000 documents in groups of 1,000, each group synced: this engine, and raw RocksDB
 * with the same bytes and the same durability, in one run. The ratio of the two is what the engine
 * costs.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
    value = 1,
    jvmArgs = {"-Xmx320m", "--enable-native-access=ALL-UNNAMED"})
@Warmup(iterations = 2)
@Measurement(iterations = 5)
@Threads(1)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up before anything else
public class CommitBenchmark {
  private static final int DOCUMENTS = 100_000;
  private static final int GROUP = 1_000;

  /** What is measured. */
  public enum Subject {
    RAW_ROCKSDB,
    ENGINE
  }

  @Param public Subject subject;

  private Path folder;
  private List<byte[][]> groups;
  private LayoutStore raw;
  private RocksStore store;
  private DocumentStore database;

  @Setup(Level.Trial)
  public void prepare() {
    groups = new ArrayList<>();
    for (int from = 0; from < DOCUMENTS; from += GROUP) {
      groups.add(Folders.reports(from, GROUP));
    }
  }

  @Setup(Level.Iteration)
  public void open() throws IOException, RocksDBException {
    folder = Files.createTempDirectory("skerry-commit");
    switch (subject) {
      case RAW_ROCKSDB -> raw = new LayoutStore(folder, Layout.DOCUMENT_BLOCKS);
      case ENGINE -> {
        store = RocksStore.open(folder);
        database = store.create("reports").orElseThrow();
      }
    }
  }

  @TearDown(Level.Iteration)
  public void remove() throws IOException {
    switch (subject) {
      case RAW_ROCKSDB -> raw.close();
      case ENGINE -> store.close();
    }
    Folders.delete(folder);
  }

  @Benchmark
  @OperationsPerInvocation(DOCUMENTS)
  public int load() throws RocksDBException {
    for (int group = 0; group < groups.size(); group++) {
      switch (subject) {
        case RAW_ROCKSDB -> raw.writeRaw(group * GROUP, groups.get(group));
        case ENGINE -> database.commit(edits(group * GROUP, groups.get(group)));
      }
    }
    return groups.size();
  }

  private static List<RevisionWrite> edits(int from, byte[][] documents) {
    List<RevisionWrite> edits = new ArrayList<>(documents.length);
    for (int i = 0; i < documents.length; i++) {
      byte[] id = Reports.id(from + i).getBytes(StandardCharsets.US_ASCII);
      edits.add(
          new RevisionWrite.Edit(
              DocId.ofStored(id),
              Optional.empty(),
              RevId.of(1, Reports.hash(from + i)),
              false,
              Body.ofTrusted(documents[i]),
              List.of()));
    }
    return edits;
  }
}
