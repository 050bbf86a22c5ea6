package org.skerry.fulltext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.skerry.search.IndexBuild;
import org.skerry.search.IndexDefinition;
import org.skerry.search.SearchBuildCancelledException;
import org.skerry.search.SearchRequest;
import org.skerry.search.SearchResults;
import org.skerry.search.SearchUnavailableException;
import org.skerry.store.DatabaseGoneException;

/** Many at once, on few open indexes. */
class ShelfTest extends SearchCase {
  private static final SearchRequest ALL = SearchRequest.of("*:*");

  @Test
  void nothingIsOpenedOrStartedUntilSomebodyAsks() throws Exception {
    fullText.close();
    int threads = Thread.activeCount();
    try (LuceneFullText unused = start(FullTextSettings.defaults())) {
      put("a", "{\"default\":\"x\"}");
      databases.drop("clinic");
      assertThat(unused.building()).isEmpty();
      assertThat(Thread.activeCount()).isLessThanOrEqualTo(threads);
      assertThat(folder).isEmptyDirectory();
    }
    database = databases.create("clinic").orElseThrow();
  }

  @Test
  void everyQueryFindsWhatWasAcknowledgedBeforeIt() throws Exception {
    int writers = 6;
    int each = 25;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int writer = 0; writer < writers; writer++) {
        int mine = writer;
        all.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < each; i++) {
                    String id = "w" + mine + "-" + i;
                    put(id, "{\"default\":\"all x" + mine + "x" + i + "\"}");
                    assertThat(found("x" + mine + "x" + i)).containsExactly(id);
                  }
                }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
    assertThat(found("all")).hasSize(writers * each);
    assertThat(functions.runs.get()).as("each was indexed once").isEqualTo(writers * each);
  }

  @Test
  void moreIndexesThanStayOpenAreAskedInTurn() throws Exception {
    fullText.close();
    fullText = start(new FullTextSettings(2, 2, 60_000));
    put("a", "{\"default\":\"x\"}");
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < 6; i++) {
        IndexDefinition definition = standard("function " + i);
        try (SearchResults results = fullText.search(database, PLACE, definition, ALL)) {
          assertThat(results.total()).isEqualTo(1);
        }
      }
    }
    assertThat(functions.runs.get()).as("closed ones keep what they have").isEqualTo(6);
  }

  @Test
  void anIndexThatNobodyAsksIsClosedAndOpensAgain() throws Exception {
    fullText.close();
    fullText = start(new FullTextSettings(2, 4, 1));
    put("a", "{\"default\":\"x\"}");
    for (int round = 0; round < 20; round++) {
      assertThat(found("x")).hasSize(1);
    }
    fullText.awaitAllClosed();
    assertThat(found("x")).hasSize(1);
    assertThat(functions.runs.get()).isEqualTo(1);
  }

  @RepeatedTest(20)
  void aDatabaseThatIsDroppedWhileItIsAskedIsGone() throws Exception {
    for (int i = 0; i < 30; i++) {
      put("d" + i, "{\"default\":\"x\"}");
    }
    CountDownLatch asked = new CountDownLatch(20);
    ConcurrentLinkedQueue<Throwable> odd = new ConcurrentLinkedQueue<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 8; i++) {
        threads.submit(
            () -> {
              try {
                while (true) {
                  search(ALL).close();
                  asked.countDown();
                }
              } catch (DatabaseGoneException e) {
                asked.countDown();
              } catch (Throwable e) {
                odd.add(e);
              }
            });
      }
      asked.await();
      databases.drop("clinic");
    }
    assertThat(odd).isEmpty();
    assertThat(folder.resolve(database.store().incarnation())).doesNotExist();
  }

  @Test
  void aBuildIsShownWhileItRuns() throws Exception {
    for (int i = 0; i < 10; i++) {
      put("d" + i, "{\"default\":\"x\"}");
    }
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    LuceneFullText slow =
        start(
            databases,
            folder,
            definition ->
                (document, fields) -> {
                  running.countDown();
                  awaitUnchecked(go);
                  fields.accept(new IndexedField.Text("default", "x", false));
                },
            new FullTextSettings(1, 4, 60_000));
    try (slow;
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Long> total =
          threads.submit(
              () -> {
                try (SearchResults results = slow.search(database, PLACE, DEFINITION, ALL)) {
                  return results.total();
                }
              });
      running.await();
      assertThat(slow.building())
          .singleElement()
          .satisfies(
              build -> {
                assertThat(build.database()).isEqualTo("clinic");
                assertThat(build.place()).isEqualTo(PLACE);
                assertThat(build.total()).isEqualTo(10);
              });
      try (SearchResults old = slow.search(database, PLACE, DEFINITION, ALL.withoutUpdate())) {
        assertThat(old.total()).as("an old state need not wait").isZero();
      }
      go.countDown();
      assertThat(total.get()).isEqualTo(10);
      assertThat(slow.building()).isEqualTo(List.<IndexBuild>of());
    }
  }

  @Test
  void aBuildThatIsCancelledTellsWhoWaitsAndGoesOnWhenAskedAgain() throws Exception {
    for (int i = 0; i < 2_000; i++) {
      put("d" + i, "{\"default\":\"x\"}");
    }
    AtomicInteger runs = new AtomicInteger();
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    LuceneFullText slow =
        start(
            databases,
            folder,
            definition ->
                (document, fields) -> {
                  runs.incrementAndGet();
                  running.countDown();
                  awaitUnchecked(go);
                  fields.accept(new IndexedField.Text("default", "x", false));
                },
            new FullTextSettings(1, 4, 60_000));
    try (slow;
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Long> total =
          threads.submit(
              () -> {
                try (SearchResults results = slow.search(database, PLACE, DEFINITION, ALL)) {
                  return results.total();
                }
              });
      running.await();
      long number = slow.building().getFirst().number();
      assertThat(slow.cancel(number + 1)).isFalse();
      assertThat(slow.cancel(number)).isTrue();
      go.countDown();
      assertThatThrownBy(total::get)
          .hasCauseInstanceOf(SearchBuildCancelledException.class)
          .hasMessageContaining("_design/search all was cancelled after 1024 of 2000 changes");
      try (SearchResults kept = slow.search(database, PLACE, DEFINITION, ALL.withoutUpdate())) {
        assertThat(kept.total()).as("what was built is kept").isEqualTo(1_024);
      }
      try (SearchResults all = slow.search(database, PLACE, DEFINITION, ALL)) {
        assertThat(all.total()).isEqualTo(2_000);
      }
      assertThat(runs.get()).as("nothing was indexed twice").isEqualTo(2_000);
      assertThat(slow.cancel(number)).as("it has ended").isFalse();
    }
  }

  private static void awaitUnchecked(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError("the crew is not interrupted", e);
    }
  }

  @Test
  void aFunctionThatRunsAwayIsNotTriedForEachDocument() throws Exception {
    for (int i = 0; i < 50; i++) {
      put("d" + i, "{\"default\":\"x\"}");
    }
    AtomicInteger runs = new AtomicInteger();
    IndexFunctions runaway =
        definition ->
            (document, fields) -> {
              runs.incrementAndGet();
              throw new SkippedDocumentException("it takes for ever", true);
            };
    try (LuceneFullText slow =
        start(databases, folder, runaway, new FullTextSettings(1, 4, 60_000))) {
      for (int tries = 0; tries < 3; tries++) {
        assertThatThrownBy(() -> slow.search(database, PLACE, DEFINITION, ALL))
            .isInstanceOf(SearchUnavailableException.class)
            .hasMessageContaining("it takes for ever");
      }
      assertThat(runs.get()).isEqualTo(5);
      try (SearchResults old = slow.search(database, PLACE, DEFINITION, ALL.withoutUpdate())) {
        assertThat(old.total()).isZero();
      }
    }
    assertThat(found("x")).as("another function may do better").hasSize(50);
  }

  @Test
  void whoIsInterruptedLeavesTheIndexSound() throws Exception {
    for (int i = 0; i < 2_000; i++) {
      put("d" + i, "{\"default\":\"x\"}");
    }
    Thread impatient =
        Thread.ofVirtual()
            .start(
                () -> {
                  Thread.currentThread().interrupt();
                  try {
                    fullText.search(database, PLACE, DEFINITION, ALL).close();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
    impatient.join();
    assertThat(found("x")).hasSize(2_000);
  }

  @Test
  void whenTheNodeEndsNothingMoreIsAnswered() throws Exception {
    put("a", "{\"default\":\"x\"}");
    assertThat(found("x")).hasSize(1);
    fullText.close();
    assertThatThrownBy(() -> search(ALL)).isInstanceOf(SearchUnavailableException.class);
    assertThat(Files.exists(indexFolder())).isTrue();
  }
}
