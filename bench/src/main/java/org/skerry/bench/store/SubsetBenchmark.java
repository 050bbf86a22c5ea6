package org.skerry.bench.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;
import org.skerry.store.DocumentStore;
import org.skerry.store.RevisionWrite;
import org.skerry.store.rocksdb.RocksStore;
import org.skerry.store.subset.Audience;
import org.skerry.store.subset.Label;
import org.skerry.store.subset.Placement;
import org.skerry.store.subset.Subsets;

/**
 * Loading 100,000 documents in groups of 1,000 into a database of 1,000 sites, and into one without
 * subsets: the difference is what 1,000 sites add to each write.
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
public class SubsetBenchmark {
  private static final int DOCUMENTS = 100_000;
  private static final int GROUP = 1_000;
  private static final int SITES = 1_000;

  /** As much as whoever looks after a database does in one. */
  private static final int STEP = 200;

  /** A patient has so many documents, himself included. */
  private static final int RECORD = 20;

  /** Where documents belong. */
  public enum Shape {
    /** The database keeps no subsets. */
    NOWHERE,
    /** Each says by itself where it belongs. */
    PLACES,
    /** One in twenty says it, the others refer to that one. */
    PATIENTS
  }

  @Param public Shape shape;

  private Path folder;
  private List<byte[][]> groups;
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
  public void open() throws IOException {
    folder = Files.createTempDirectory("skerry-subsets");
    store = RocksStore.open(folder);
    database = store.create("reports").orElseThrow();
    if (shape != Shape.NOWHERE) {
      Subsets subsets = database.subsets();
      subsets.keep();
      Map<Label, Audience> meant = new HashMap<>();
      for (int site = 0; site < SITES; site++) {
        meant.put(place(site), Audience.of(site + 1));
      }
      subsets.audiences(meant);
      while (subsets.step(SITES)) {
        // The places have no documents yet.
      }
    }
  }

  private static Label place(int site) {
    return Label.place("clinic-" + site % SITES);
  }

  @TearDown(Level.Iteration)
  public void remove() throws IOException {
    store.close();
    Folders.delete(folder);
  }

  @Benchmark
  @OperationsPerInvocation(DOCUMENTS)
  public int load() {
    for (int group = 0; group < groups.size(); group++) {
      database.commit(edits(group * GROUP, groups.get(group)));
      if (shape != Shape.NOWHERE) {
        follow();
      }
    }
    return groups.size();
  }

  /** What follows from writes costs, too. */
  private void follow() {
    while (database.subsets().step(STEP)) {
      // There is more.
    }
  }

  private List<RevisionWrite> edits(int from, byte[][] documents) {
    List<RevisionWrite> edits = new ArrayList<>(documents.length);
    for (int i = 0; i < documents.length; i++) {
      edits.add(
          new RevisionWrite.Edit(
              id(from + i),
              Optional.empty(),
              RevId.of(1, Reports.hash(from + i)),
              false,
              Body.ofTrusted(documents[i]),
              List.of(),
              placement(from + i)));
    }
    return edits;
  }

  private static DocId id(int n) {
    return DocId.ofStored(Reports.id(n).getBytes(StandardCharsets.US_ASCII));
  }

  private Placement placement(int n) {
    int patient = n - n % RECORD;
    return switch (shape) {
      case NOWHERE -> Placement.NONE;
      case PLACES -> placement(place(n));
      case PATIENTS -> placement(n == patient ? place(n / RECORD) : Label.document(id(patient)));
    };
  }

  private static Placement placement(Label label) {
    return Placement.of(Set.of(label), false, Placement.USUAL);
  }
}
