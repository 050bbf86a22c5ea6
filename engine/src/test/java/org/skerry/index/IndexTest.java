package org.skerry.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.skerry.collation.JsonOrder;
import org.skerry.database.NewRevision;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.store.StoredDocument;
import tools.jackson.databind.JsonNode;

class IndexTest extends IndexCase {
  @Test
  void rowsFollowTheirDocuments() {
    write("a", "{\"keys\":[2,1],\"value\":10}");
    write("b", "{\"keys\":[1,\"x\"],\"value\":20}");
    assertThat(rows(index())).containsExactly("1 a 10", "1 b 20", "2 a 10", "\"x\" b 20");
    write("a", "{\"keys\":[3,1],\"value\":11}");
    assertThat(rows(index())).containsExactly("1 a 11", "1 b 20", "3 a 11", "\"x\" b 20");
    write("b", "");
    assertThat(rows(index())).containsExactly("1 a 11", "3 a 11");
    write("b", "{\"keys\":[null],\"value\":1}");
    assertThat(rows(index())).containsExactly("null b 1", "1 a 11", "3 a 11");
  }

  @Test
  void equalKeysOfOneDocumentAreAllKept() {
    write("a", "{\"keys\":[1,1.0,\"e\\u0301\",\"\u00e9\",1],\"value\":1}");
    assertThat(rows(index()))
        .containsExactly("1 a 1", "1.0 a 1", "1 a 1", "\"e\u0301\" a 1", "\"\u00e9\" a 1");
    write("a", "{\"keys\":[1,1],\"value\":2}");
    assertThat(rows(index())).containsExactly("1 a 2", "1 a 2");
  }

  @Test
  void aDocumentThatCannotBeMappedIsLeftOut() {
    write("a", "{\"keys\":[1,2],\"value\":1}");
    write("b", "{\"keys\":[1,2],\"value\":1,\"bad\":true}");
    write("c", "{\"keys\":[3],\"value\":1,\"halfBad\":true}");
    Index index = index();
    assertThat(rows(index)).containsExactly("1 a 1", "2 a 1");
    try (IndexReading reading = index.read()) {
      assertThat(rows(reading, 1, RowRange.ALL, 0))
          .as("only one view is without the half")
          .containsExactly("1 c \"c\"", "2 a \"a\"");
    }
    write("a", "{\"keys\":[1,2],\"value\":1,\"bad\":true}");
    assertThat(rows(index)).isEmpty();
  }

  @Test
  void designDocumentsAreMappedOnDemandOnly() {
    write("_design/d", "{\"keys\":[1],\"value\":1}");
    assertThat(rows(index())).isEmpty();
    IndexDefinition all =
        new IndexDefinition("all", "x", KeysIndexer.definition(indexer).views(), true, indexer);
    assertThat(rows(indexes.open(database, all))).containsExactly("1 _design/d 1");
  }

  @Test
  void whatIsCurrentIsNotMappedAgain() {
    write("a", "{\"keys\":[1],\"value\":1}");
    write("b", "{\"keys\":[1],\"value\":1}");
    rows(index());
    rows(index());
    assertThat(indexer.mapped).hasValue(2);
    write("b", "{\"keys\":[2],\"value\":1}");
    assertThat(rows(reopened())).containsExactly("1 a 1", "2 b 1");
    assertThat(indexer.mapped).hasValue(3);
    assertThat(index().seq()).isEqualTo(database.store().now());
  }

  @Test
  void aReadingShowsItsMoment() {
    write("a", "{\"keys\":[1],\"value\":1}");
    Index index = index();
    index.catchUp();
    try (IndexReading reading = index.read()) {
      write("b", "{\"keys\":[2],\"value\":1}");
      index.catchUp();
      assertThat(rows(reading, 0, RowRange.ALL, 0)).containsExactly("1 a 1");
      assertThat(reading.seq()).isNotEqualTo(index.seq());
    }
    try (IndexReading unread = index.read()) {
      assertThat(unread.view(0).total()).isEqualTo(2);
    }
  }

  /** Documents come, change and go; the index is caught up now and then, and closed between. */
  @RepeatedTest(4)
  void holdsWhatANaiveIndexWould(SplittableRandom random) {
    Index index = index();
    for (int round = 0; round < 30; round++) {
      for (int i = random.nextInt(60); i > 0; i--) {
        write("doc-" + random.nextInt(80), random.nextInt(4) == 0 ? "" : document(random));
      }
      if (random.nextInt(5) == 0) {
        index = reopened();
      }
      check(index, random);
    }
  }

  private static String document(SplittableRandom random) {
    List<String> keys = new ArrayList<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      keys.add(
          switch (random.nextInt(4)) {
            case 0 -> "[" + random.nextInt(3) + "," + random.nextInt(3) + "]";
            case 1 -> "\"" + "abcABC".charAt(random.nextInt(6)) + "\"";
            default -> String.valueOf(random.nextInt(10));
          });
    }
    return "{\"keys\":["
        + String.join(",", keys)
        + "],\"value\":"
        + random.nextInt(100)
        + (random.nextInt(20) == 0 ? ",\"bad\":true}" : "}");
  }

  private void check(Index index, SplittableRandom random) {
    List<KeysIndexer.Expected> all = KeysIndexer.expected(database.store());
    assertThat(rows(index)).isEqualTo(all.stream().map(IndexTest::shown).toList());
    JsonNode low = all.isEmpty() ? json("1") : all.get(random.nextInt(all.size())).key();
    JsonNode high = all.isEmpty() ? json("2") : all.get(random.nextInt(all.size())).key();
    RowRange range = RowRange.between(Optional.of(low), Optional.of(high), true);
    List<KeysIndexer.Expected> some =
        all.stream()
            .filter(
                row ->
                    JsonOrder.UNICODE.compare(row.key(), low) >= 0
                        && JsonOrder.UNICODE.compare(row.key(), high) <= 0)
            .toList();
    long skip = random.nextInt(4);
    try (IndexReading reading = index.read()) {
      assertThat(rows(reading, 0, range, skip))
          .isEqualTo(some.stream().skip(skip).map(IndexTest::shown).toList());
      Optional<Reduction.Reduced> reduced = reading.view(0).reduce(range, 0);
      assertThat(reduced.isPresent()).isEqualTo(!some.isEmpty());
      reduced.ifPresent(
          sum ->
              assertThat(TreeModel.number(((Reduction.Reduced.Value) sum).json()))
                  .isEqualTo(some.stream().mapToLong(row -> Long.parseLong(row.value())).sum()));
    }
  }

  private static String shown(KeysIndexer.Expected row) {
    return row.key() + " " + row.id() + " " + row.value();
  }

  @Test
  void manyDocumentsAreMappedByWorkers() {
    fill(5_000);
    Index index = index();
    assertThat(rows(index)).hasSize(10_000);
    assertThat(indexer.mapped).hasValue(5_000);
  }

  private void fill(int documents) {
    List<NewRevision> edits = new ArrayList<>();
    for (int i = 0; i < documents; i++) {
      edits.add(
          new NewRevision(
              DocId.of("doc-" + i),
              Optional.empty(),
              false,
              Body.parse("{\"keys\":[" + i % 100 + "," + i + "],\"value\":1}"),
              List.of()));
    }
    database.update(edits);
  }

  @Test
  void aBuildIsShownWhileItLasts() {
    Set<String> seen = ConcurrentHashMap.newKeySet();
    Indexer watching =
        () -> {
          Indexer.Mapping mapping = indexer.open();
          return new Indexer.Mapping() {
            @Override
            public void map(StoredDocument document, Indexer.RowSink rows) {
              indexes
                  .building()
                  .forEach(run -> seen.add(run.database() + " " + run.index() + " " + run.total()));
              mapping.map(document, rows);
            }

            @Override
            public void close() {
              mapping.close();
            }
          };
        };
    fill(3_000);
    Index index = indexes.open(database, KeysIndexer.definition(watching));
    index.catchUp();
    assertThat(seen).containsExactly("db _design/keys 3000");
    assertThat(indexes.building()).isEmpty();
    seen.clear();
    write("x", "{\"keys\":[1],\"value\":1}");
    index.catchUp();
    assertThat(seen).as("a short run is not shown").isEmpty();
  }

  @Test
  void anIndexThatIsNotWaitedForIsReadAsItIs() throws InterruptedException {
    CountDownLatch go = new CountDownLatch(1);
    Indexer slow =
        () -> {
          Indexer.Mapping mapping = indexer.open();
          return new Indexer.Mapping() {
            @Override
            public void map(StoredDocument document, Indexer.RowSink rows) {
              try {
                go.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              mapping.map(document, rows);
            }

            @Override
            public void close() {
              mapping.close();
            }
          };
        };
    write("a", "{\"keys\":[1],\"value\":1}");
    Index index = indexes.open(database, KeysIndexer.definition(slow));
    index.catchUpSoon();
    try (IndexReading reading = index.read()) {
      assertThat(reading.view(0).total()).isZero();
    }
    write("b", "{\"keys\":[1],\"value\":1}");
    Thread waiter = Thread.startVirtualThread(index::catchUp);
    go.countDown();
    waiter.join();
    assertThat(rows(index)).containsExactly("1 a 1", "1 b 1");
  }
}
