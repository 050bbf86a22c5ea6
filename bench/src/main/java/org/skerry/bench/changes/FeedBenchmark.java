package org.skerry.bench.changes;

import java.io.OutputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.skerry.changes.ChangeFilter;
import org.skerry.changes.ChangeSink;
import org.skerry.changes.ChangesFeed;
import org.skerry.changes.ChangesRequest;
import org.skerry.changes.MatchingSelector;
import org.skerry.changes.SinceTokens;
import org.skerry.database.Database;
import org.skerry.database.Databases;
import org.skerry.document.DocId;
import org.skerry.json.JsonIn;
import org.skerry.revision.Leaf;
import org.skerry.selector.Selector;
import org.skerry.store.ChangeRange;
import org.skerry.store.DocumentStore;
import org.skerry.store.Fields;
import org.skerry.store.Seq;
import org.skerry.store.Store;
import org.skerry.wire.JsonOut;
import tools.jackson.core.JsonGenerator;

/**
 * Reads a feed of 100,000 documents. What the feed adds to the store's own visit shows: {@code
 * storeAlone} is the floor under {@code everything}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public abstract class FeedBenchmark {
  private static final int DOCUMENTS = 100_000;
  private static final int NAMED = 20;

  private final DocumentStore store;
  private final ChangesFeed feed;
  private final SinceTokens tokens;
  private final ChangeFilter selector =
      new MatchingSelector(
          Selector.parse(JsonIn.mapper().readTree("{\"site\":17,\"status\":\"final\"}")));
  private final ChangeFilter named;
  private final String token;

  FeedBenchmark(Store engine) {
    Database database = new Databases(engine).create("bench").orElseThrow();
    Documents.fill(database, DOCUMENTS);
    store = database.store();
    feed = database.changes();
    tokens = feed.tokens();
    Set<DocId> ids = new HashSet<>();
    store.changes(
        ChangeRange.after(Seq.ZERO, NAMED), Fields.LEAVES, document -> ids.add(document.id()));
    named = new ChangeFilter.DocIds(ids);
    token = tokens.format(Seq.of(54_321));
  }

  @Benchmark
  @OperationsPerInvocation(DOCUMENTS)
  public Seq storeAlone() {
    return store.changes(
        ChangeRange.after(Seq.ZERO, Integer.MAX_VALUE), Fields.LEAVES, document -> true);
  }

  @Benchmark
  @OperationsPerInvocation(DOCUMENTS)
  public long everything() {
    long[] bytes = new long[1];
    feed.read(
        ChangesRequest.ALL,
        Seq.ZERO,
        (document, revisions) -> {
          bytes[0] += tokens.suffix(document.seq()).length;
          return true;
        });
    return bytes[0];
  }

  /** With the rows' JSON, as the HTTP API writes it. */
  @Benchmark
  @OperationsPerInvocation(DOCUMENTS)
  public Seq everythingAsJson() {
    try (JsonGenerator out = JsonOut.into(OutputStream.nullOutputStream())) {
      return feed.read(
              ChangesRequest.ALL,
              Seq.ZERO,
              (document, revisions) -> {
                out.writeStartObject();
                out.writeStringProperty("seq", tokens.format(document.seq()));
                out.writeStringProperty("id", document.id().text());
                out.writeArrayPropertyStart("changes");
                for (Leaf leaf : revisions) {
                  out.writeStartObject();
                  out.writeStringProperty("rev", leaf.rev().toString());
                  out.writeEndObject();
                }
                out.writeEndArray();
                out.writeEndObject();
                return true;
              })
          .lastSeq();
    }
  }

  @Benchmark
  @OperationsPerInvocation(DOCUMENTS)
  public Seq nothingPasses() {
    ChangeFilter.ByContent nothing = (document, shown) -> List.of();
    return feed.read(ChangesRequest.ALL.withFilter(nothing), Seq.ZERO, (row, shown) -> true)
        .lastSeq();
  }

  /** One document of a thousand. */
  @Benchmark
  @OperationsPerInvocation(DOCUMENTS)
  public int oneSite() {
    return feed.read(ChangesRequest.ALL.withFilter(selector), Seq.ZERO, (row, shown) -> true)
        .rows();
  }

  /** Twenty documents out of all: one operation is the whole reading. */
  @Benchmark
  public int fewDocuments() {
    ChangeSink sink = (document, revisions) -> true;
    return feed.read(ChangesRequest.ALL.withFilter(named), Seq.ZERO, sink).rows();
  }

  @Benchmark
  public String formatToken() {
    return tokens.format(Seq.of(123_456));
  }

  @Benchmark
  public Seq parseToken() {
    return tokens.parse(token);
  }
}
