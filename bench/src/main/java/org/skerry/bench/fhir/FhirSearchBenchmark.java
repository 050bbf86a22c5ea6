package org.skerry.bench.fhir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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
import org.skerry.database.Database;
import org.skerry.database.Databases;
import org.skerry.database.NewRevision;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.fhir.search.SearchAnswer;
import org.skerry.fhir.search.SearchIndex;
import org.skerry.fhir.search.SearchIndexes;
import org.skerry.fhir.search.SearchRequest;
import org.skerry.fhir.search.query.QueryParameter;
import org.skerry.index.Indexes;
import org.skerry.store.MemoryStore;
import org.skerry.store.rocksdb.RocksOrderedStore;

/** The first page of searches for observations: 99,000 of them, of 1,000 patients. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class FhirSearchBenchmark {
  private static final int PATIENTS = 1_000;
  private static final int OBSERVATIONS = 99_000;
  private static final int CODES = 200;
  private static final int DAYS = 3_000;
  private static final int BATCH = 1_000;

  /** One value, two, a range, a chain, back, sorted, everything. */
  @Param({
    "subject=Patient/p7",
    "code=l|c7&subject=Patient/p7",
    "code=c7&date=ge2020-01-01",
    "date=2015-03",
    "subject:Patient.family=name7",
    "code-value-quantity=c7$gt90",
    "code=c7&_sort=-date",
    "status=final&_sort=-date",
    "code:not=c7"
  })
  private String query;

  private final SplittableRandom random = new SplittableRandom(1);
  private final Database database = new Databases(new MemoryStore()).create("db").orElseThrow();
  private Path folder;
  private RocksOrderedStore store;
  private Indexes indexes;
  private SearchIndex search;
  private SearchRequest request;

  @Setup
  public void open() throws IOException {
    folder = Files.createTempDirectory("skerry-fhir");
    store = RocksOrderedStore.open(folder);
    indexes = new Indexes(store);
    List<NewRevision> batch = new ArrayList<>();
    for (int n = 0; n < PATIENTS + OBSERVATIONS; n++) {
      batch.add(n < PATIENTS ? patient(n) : observation(n));
      if (batch.size() == BATCH) {
        database.update(batch);
        batch.clear();
      }
    }
    search = new SearchIndexes(indexes, InstantSource.system()).of(database);
    search.catchUp();
    List<QueryParameter> parameters =
        Stream.of(query.split("&"))
            .map(one -> one.split("=", 2))
            .map(parts -> new QueryParameter(parts[0], parts[1]))
            .toList();
    request = SearchRequest.of("Observation", parameters);
  }

  private static NewRevision patient(int n) {
    return document(
        "Patient/p" + n,
        "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"Name" + n + "\"}]}");
  }

  private NewRevision observation(int n) {
    return document(
        "Observation/o" + n,
        "{\"resourceType\":\"Observation\",\"status\":\"final\",\"code\":{\"coding\":[{\"system\":\"l\","
            + "\"code\":\"c"
            + random.nextInt(CODES)
            + "\"}]},\"subject\":{\"reference\":\"Patient/p"
            + random.nextInt(PATIENTS)
            + "\"},\"effectiveDateTime\":\""
            + LocalDate.of(2014, 1, 1).plusDays(random.nextInt(DAYS))
            + "\",\"valueQuantity\":{\"value\":"
            + random.nextInt(100)
            + ",\"unit\":\"kg\"}}");
  }

  private static NewRevision document(String id, String json) {
    return new NewRevision(DocId.of(id), Optional.empty(), false, Body.parse(json), List.of());
  }

  @TearDown
  public void close() throws IOException {
    indexes.close();
    store.close();
    List<Path> paths;
    try (Stream<Path> files = Files.walk(folder)) {
      paths = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : paths) {
      Files.delete(path);
    }
  }

  @Benchmark
  public SearchAnswer firstPage() {
    return search.search(request);
  }
}
