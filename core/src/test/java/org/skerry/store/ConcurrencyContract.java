package org.skerry.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.revision.Leaf;
import org.skerry.revision.RevId;

/** Many threads at once. */
abstract class ConcurrencyContract extends ContractCase {
  private static final int WRITERS = 16;

  ConcurrencyContract(Callable<Store> opener) {
    super(opener);
  }

  /** Runs the task in many virtual threads that start together, and gives all their results. */
  private static <T> List<T> together(int threads, Numbered<T> task) throws Exception {
    CountDownLatch start = new CountDownLatch(threads);
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<T>> futures = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        int number = i;
        futures.add(
            executor.submit(
                () -> {
                  start.countDown();
                  start.await();
                  return task.run(number);
                }));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    }
  }

  private interface Numbered<T> {
    T run(int number) throws Exception;
  }

  @Test
  void ofManyWhoCreateOneDocumentExactlyOneSucceeds() throws Exception {
    List<Outcome> outcomes = together(64, i -> commit(Writes.create("a", "{\"by\":" + i + "}")));
    assertThat(outcomes).filteredOn(Outcome.Written.class::isInstance).hasSize(1);
    assertThat(outcomes).filteredOn(Outcome.Stale.class::isInstance).hasSize(63);
    assertThat(Reads.leaves(db, "a")).hasSize(1);
  }

  @Test
  void ofManyWhoEditOneDocumentExactlyOneSucceedsInEachGeneration() throws Exception {
    create("a", "{}");
    int each = 10;
    List<List<RevId>> won =
        together(
            WRITERS,
            writer -> {
              List<RevId> mine = new ArrayList<>();
              Leaf seen = Reads.load(db, Fields.LEAVES, "a").getFirst().winner();
              while (mine.size() < each) {
                RevisionWrite write =
                    Writes.edit(
                        "a", seen.rev(), "{\"by\":" + writer + ",\"n\":" + mine.size() + "}");
                switch (commit(write)) {
                  case Outcome.Written written -> {
                    mine.add(write.rev());
                    seen = new Leaf(write.rev(), false);
                  }
                  case Outcome.Stale stale -> seen = stale.leaves().getFirst();
                  case Outcome.Present present -> throw new AssertionError(present);
                }
              }
              return mine;
            });
    Set<Integer> generations = new HashSet<>();
    won.forEach(
        mine -> mine.forEach(rev -> assertThat(generations.add(rev.generation())).isTrue()));
    assertThat(generations).hasSize(WRITERS * each);
    assertThat(Reads.leaves(db, "a")).hasSize(1);
    assertThat(Reads.winner(db, "a").rev().generation()).isEqualTo(WRITERS * each + 1);
    assertThat(Reads.tree(db, "a").size()).isEqualTo(WRITERS * each + 1);
    assertThat(db.now()).isEqualTo(Reads.document(db, "a").orElseThrow().seq());
  }

  @Test
  void mergesOfManyLoseNoRevision() throws Exception {
    together(
        32,
        i -> {
          for (int n = 0; n < 8; n++) {
            written(Writes.merge("a", "2-" + i + "." + n, "1-a"));
          }
          return i;
        });
    assertThat(Reads.leaves(db, "a")).hasSize(32 * 8);
    assertThat(db.totals()).isEqualTo(new Totals(1, 0, 1, 0));
  }

  @Test
  void aReaderThatResumesSeesEveryChange() throws Exception {
    int documents = 40;
    int rounds = 10;
    Map<DocId, RevId> seen = new HashMap<>();
    Semaphore advanced = new Semaphore(0);
    AtomicBoolean writing = new AtomicBoolean(true);
    Thread reader;
    List<Throwable> failures = new ArrayList<>();
    try (Registration registration = db.onAdvance(advanced::release)) {
      assertThat(registration).isNotNull();
      reader =
          Thread.ofVirtual()
              .uncaughtExceptionHandler((thread, failure) -> failures.add(failure))
              .start(() -> follow(seen, advanced, writing));
      together(WRITERS, writer -> write(writer, documents, rounds));
      writing.set(false);
      advanced.release();
      reader.join();
    }
    assertThat(failures).isEmpty();
    assertThat(seen).hasSize(WRITERS * documents);
    for (StoredDocument document : Reads.scan(db, DocRange.ALL)) {
      assertThat(seen).containsEntry(document.id(), document.winner().rev());
    }
  }

  /** Reads the feed in small pages until the writers are done and nothing is left. */
  private void follow(Map<DocId, RevId> seen, Semaphore advanced, AtomicBoolean writing) {
    Seq since = Seq.ZERO;
    while (true) {
      boolean last = !writing.get();
      Seq before = since;
      since =
          db.changes(
              ChangeRange.after(since, 7),
              Fields.LEAVES,
              document -> {
                seen.put(document.id(), document.winner().rev());
                return true;
              });
      if (since.equals(before)) {
        if (last) {
          return;
        }
        advanced.acquireUninterruptibly();
        advanced.drainPermits();
      }
    }
  }

  /** Creates documents of its own, then edits some of them in every round. */
  private int write(int writer, int documents, int rounds) {
    List<RevisionWrite> created = new ArrayList<>();
    for (int d = 0; d < documents; d++) {
      created.add(Writes.create(writer + "/" + d, "{}"));
    }
    assertThat(db.commit(created)).allMatch(Outcome.Written.class::isInstance);
    for (int round = 1; round < rounds; round++) {
      List<RevisionWrite> edits = new ArrayList<>();
      for (int d = round % 3; d < documents; d += 3) {
        String id = writer + "/" + d;
        edits.add(Writes.edit(id, Reads.winner(db, id).rev(), "{\"n\":" + round + "}"));
      }
      assertThat(db.commit(edits)).allMatch(Outcome.Written.class::isInstance);
    }
    return writer;
  }

  @Test
  void nobodySeesHalfOfAWrite() throws Exception {
    create("a", "{\"n\":1}");
    AtomicBoolean writing = new AtomicBoolean(true);
    together(
        4,
        number -> {
          if (number == 0) {
            RevId rev = Reads.winner(db, "a").rev();
            for (int n = 2; n <= 100; n++) {
              rev = edit("a", rev, "{\"n\":" + n + "}");
            }
            writing.set(false);
            return number;
          }
          while (writing.get()) {
            // Virtual threads are not preempted: a reader that never waits would keep the writer
            // out.
            Thread.yield();
            StoredDocument document = Reads.document(db, "a").orElseThrow();
            int generation = document.winner().rev().generation();
            assertThat(document.leaves()).hasSize(1);
            assertThat(document.revisions().getFirst().body())
                .hasToString("{\"n\":" + generation + "}");
            assertThat(document.tree().orElseThrow().size()).isEqualTo(generation);
          }
          return number;
        });
  }

  @Test
  void aScanShowsOneMoment() throws Exception {
    assumeThat(store.capabilities().snapshotReads()).isTrue();
    create("a", "{\"n\":1}");
    for (int i = 0; i < 200; i++) {
      create("between" + i, "{}");
    }
    create("z", "{\"n\":1}");
    AtomicBoolean writing = new AtomicBoolean(true);
    together(
        3,
        number -> {
          if (number == 0) {
            RevId a = Reads.winner(db, "a").rev();
            RevId z = Reads.winner(db, "z").rev();
            for (int n = 2; n <= 100; n++) {
              a = edit("a", a, "{\"n\":" + n + "}");
              z = edit("z", z, "{\"n\":" + n + "}");
            }
            writing.set(false);
            return number;
          }
          while (writing.get()) {
            Thread.yield();
            List<StoredDocument> all = Reads.scan(db, DocRange.ALL);
            int a = all.getFirst().winner().rev().generation();
            int z = all.getLast().winner().rev().generation();
            assertThat(a - z).isBetween(0, 1);
          }
          return number;
        });
  }

  @Test
  void ofManyWhoCreateOneDatabaseExactlyOneSucceeds() throws Exception {
    List<Boolean> created = together(32, i -> store.create("new").isPresent());
    assertThat(created).filteredOn(yes -> yes).hasSize(1);
    List<Boolean> dropped = together(32, i -> store.drop("new"));
    assertThat(dropped).filteredOn(yes -> yes).hasSize(1);
  }

  @Test
  void ofManyWhoWriteOneLocalDocumentExactlyOneSucceeds() throws Exception {
    DocId id = DocId.of("_local/x");
    for (int round = 0; round < 10; round++) {
      long seen = db.local().get(id).map(LocalDocuments.LocalDocument::version).orElse(0L);
      List<Boolean> wrote =
          together(32, i -> db.local().put(id, seen, Body.parse("{\"by\":" + i + "}")).isPresent());
      assertThat(wrote).filteredOn(yes -> yes).hasSize(1);
    }
  }
}
