package org.skerry.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.skerry.store.RevisionWrite;
import org.skerry.store.StoredDocument;
import org.skerry.store.Writes;

/** Builds that somebody breaks off. */
class IndexCancelTest extends IndexCase {
  private static final int DOCUMENTS = 12_000;

  /** Whole pages, behind which mapping waits for the test. */
  private static final int FREE = 8_000;

  private final AtomicInteger mapped = new AtomicInteger();
  private final CountDownLatch go = new CountDownLatch(1);

  @BeforeEach
  void write() {
    List<RevisionWrite> writes = new ArrayList<>();
    for (int i = 0; i < DOCUMENTS; i++) {
      writes.add(Writes.merge(String.format("doc-%05d", i), "1-a"));
    }
    database.store().commit(writes);
  }

  /** One row a document; waits at a certain one. */
  private final class Waiting implements Indexer {
    @Override
    public Mapping open() {
      return new Mapping() {
        @Override
        public void map(StoredDocument document, RowSink rows) {
          mapped.incrementAndGet();
          if (document.seq().number() > FREE) {
            await(go);
          }
          rows.emit(0, json("1"), json("1"));
        }

        @Override
        public void close() {
          // Holds nothing.
        }
      };
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private Index waiting() {
    return indexes.open(database, KeysIndexer.definition(new Waiting()));
  }

  @Test
  void whoWaitsIsToldAndTheNextRunGoesOnWhereItStopped() throws Exception {
    Index index = waiting();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Throwable> first = threads.submit(() -> failure(index));
      BuildProgress build = stuck();
      Future<Throwable> second = threads.submit(() -> failure(index));
      while (index.waiting() < 2) {
        Thread.onSpinWait();
      }
      assertThat(build.total()).isEqualTo(DOCUMENTS);
      build.cancel();
      go.countDown();
      for (Future<Throwable> asked : List.of(first, second)) {
        assertThat(asked.get())
            .isInstanceOf(IndexBuildCancelledException.class)
            .hasMessageContaining("_design/keys was cancelled")
            .hasMessageContaining("after 8000 of 12000 changes")
            .hasMessageContaining("ask again to go on");
      }
    }
    assertThat(indexes.building()).isEmpty();
    long kept = index.seq().number();
    assertThat(kept).as("what was mapped is kept").isEqualTo(FREE);
    try (IndexReading reading = index.read()) {
      assertThat(rows(reading, 0, RowRange.ALL, 0)).hasSize((int) kept);
    }
    int before = mapped.get();
    assertThat(rows(index)).hasSize(DOCUMENTS);
    assertThat(mapped.get() - before).as("what was left").isEqualTo(DOCUMENTS - FREE);
  }

  /** The build, when it has all that it can have before the test goes on. */
  private BuildProgress stuck() {
    while (indexes.building().isEmpty() || indexes.building().getFirst().done() < FREE) {
      Thread.onSpinWait();
    }
    return indexes.building().getFirst();
  }

  private static Throwable failure(Index index) {
    try {
      index.catchUp();
      return new AssertionError("it was not cancelled");
    } catch (RuntimeException e) {
      return e;
    }
  }

  @Test
  void aCancelledBuildIsWholeAfterARestart() throws Exception {
    Index index = waiting();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Throwable> asked = threads.submit(() -> failure(index));
      stuck().cancel();
      go.countDown();
      assertThat(asked.get()).isInstanceOf(IndexBuildCancelledException.class);
    }
    indexes.close();
    indexes = new Indexes(store);
    assertThat(rows(waiting())).hasSize(DOCUMENTS);
  }

  @Test
  void buildsHaveNumbersOfTheirOwn() {
    BuildProgress one = new BuildProgress(1, "db", "a", 10);
    assertThat(one.number()).isEqualTo(1);
    assertThat(one.isCancelled()).isFalse();
    one.cancel();
    assertThat(one.isCancelled()).isTrue();
    assertThat(new IndexBuildCancelledException(one)).hasMessageContaining("after 0 of 10 changes");
  }
}
