package org.skerry.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.skerry.document.Body;
import org.skerry.revision.RevId;

/** The feed of changes: ordered, resumable, never skipping. */
abstract class FeedContract extends ContractCase {
  FeedContract(Callable<Store> opener) {
    super(opener);
  }

  private void createFive() {
    for (String id : List.of("e", "d", "c", "b", "a")) {
      create(id, "{}");
    }
  }

  private List<String> page(ChangeRange range, List<Seq> end) {
    List<StoredDocument> found = new ArrayList<>();
    end.add(db.changes(range, Fields.LEAVES, found::add));
    return Reads.ids(found);
  }

  @Test
  void anEmptyFeedEndsWhereItIs() {
    List<Seq> end = new ArrayList<>();
    assertThat(page(ChangeRange.after(Seq.ZERO, 10), end)).isEmpty();
    assertThat(end).containsExactly(db.now());
    assertThat(db.pending(Seq.ZERO)).isZero();
  }

  @Test
  void changesStandInTheOrderOfTheirCommits() {
    createFive();
    List<Seq> end = new ArrayList<>();
    assertThat(page(ChangeRange.after(Seq.ZERO, 100), end))
        .containsExactly("e", "d", "c", "b", "a");
    assertThat(end).containsExactly(db.now());
    assertThat(page(ChangeRange.after(db.now(), 100), end)).isEmpty();
    assertThat(end.getLast()).isEqualTo(db.now());
  }

  @Test
  void aDocumentStandsOnceAtItsLastChange() {
    createFive();
    Seq middle = db.now();
    RevId second = edit("d", Reads.winner(db, "d").rev(), "{\"v\":2}");
    written(Writes.delete("e", Reads.winner(db, "e").rev()));
    List<StoredDocument> all = Reads.changes(db, Seq.ZERO);
    assertThat(Reads.ids(all)).containsExactly("c", "b", "a", "d", "e");
    assertThat(all.get(3).winner().rev()).isEqualTo(second);
    assertThat(all.get(4).deleted()).isTrue();
    assertThat(Reads.ids(Reads.changes(db, middle))).containsExactly("d", "e");
  }

  @Test
  void pagesMeetWithoutGapAndWithoutOverlap() {
    createFive();
    for (int size = 1; size <= 6; size++) {
      List<String> all = new ArrayList<>();
      List<Seq> ends = new ArrayList<>(List.of(Seq.ZERO));
      for (int page = 0; page < 6; page++) {
        all.addAll(page(ChangeRange.after(ends.getLast(), size), ends));
      }
      assertThat(all).as("pages of %d", size).containsExactly("e", "d", "c", "b", "a");
      assertThat(ends.getLast()).isEqualTo(db.now());
    }
  }

  @Test
  void aLimitOfNothingStaysWhereItIs() {
    createFive();
    List<Seq> end = new ArrayList<>();
    assertThat(page(ChangeRange.after(Seq.ZERO, 0), end)).isEmpty();
    assertThat(end).containsExactly(Seq.ZERO);
  }

  @Test
  void aVisitorThatHasEnoughIsResumedBehindWhatItSaw() {
    createFive();
    List<StoredDocument> seen = new ArrayList<>();
    Seq end =
        db.changes(
            ChangeRange.after(Seq.ZERO, 100),
            Fields.LEAVES,
            document -> {
              seen.add(document);
              return seen.size() < 2;
            });
    assertThat(end).isEqualTo(seen.getLast().seq());
    assertThat(Reads.ids(Reads.changes(db, end))).containsExactly("c", "b", "a");
  }

  @Test
  void descendingRunsFromTheEndDownToSince() {
    createFive();
    Seq second = Reads.document(db, "d").orElseThrow().seq();
    List<Seq> end = new ArrayList<>();
    assertThat(page(new ChangeRange(Seq.ZERO, 100, true), end))
        .containsExactly("a", "b", "c", "d", "e");
    assertThat(page(new ChangeRange(second, 100, true), end)).containsExactly("a", "b", "c");
    assertThat(page(new ChangeRange(second, 2, true), end)).containsExactly("a", "b");
    assertThat(end.getLast()).isEqualTo(Reads.document(db, "b").orElseThrow().seq());
    assertThat(page(new ChangeRange(db.now(), 2, true), end)).isEmpty();
  }

  @Test
  void whoReadsNewestFirstGoesOnInFrontOfWhereItStopped() {
    createFive();
    for (int size = 1; size <= 6; size++) {
      List<String> all = new ArrayList<>();
      List<Seq> ends = new ArrayList<>();
      Optional<Seq> before = Optional.empty();
      for (int page = 0; page < 6; page++) {
        List<String> some = page(new ChangeRange(Seq.ZERO, size, true, before), ends);
        all.addAll(some);
        before =
            some.isEmpty() ? before : Reads.document(db, some.getLast()).map(StoredDocument::seq);
      }
      assertThat(all).as("pages of %d", size).containsExactly("a", "b", "c", "d", "e");
    }
    Optional<Seq> second = Reads.document(db, "d").map(StoredDocument::seq);
    assertThat(page(new ChangeRange(second.orElseThrow(), 9, true, second), new ArrayList<>()))
        .isEmpty();
    assertThat(page(new ChangeRange(db.now(), 9, true, second), new ArrayList<>())).isEmpty();
    Optional<Seq> start = Optional.of(Seq.ZERO);
    assertThat(page(new ChangeRange(Seq.ZERO, 9, true, start), new ArrayList<>())).isEmpty();
  }

  @Test
  void everyChangeCarriesThePositionBehindIt() {
    createFive();
    List<StoredDocument> all = Reads.changes(db, Seq.ZERO);
    for (int i = 0; i < all.size(); i++) {
      assertThat(Reads.ids(Reads.changes(db, all.get(i).seq())))
          .containsExactlyElementsOf(Reads.ids(all.subList(i + 1, all.size())));
      assertThat(Reads.document(db, all.get(i).id().text()).orElseThrow().seq())
          .isEqualTo(all.get(i).seq());
    }
  }

  @Test
  void fieldsDecideHowMuchComes() {
    db.commit(List.of(Writes.merge("a", "2-b", "1-a"), Writes.merge("a", "2-c", "1-a")));
    List<StoredDocument> found = new ArrayList<>();
    db.changes(ChangeRange.after(Seq.ZERO, 9), Fields.WINNER, found::add);
    db.changes(ChangeRange.after(Seq.ZERO, 9), Fields.TREE, found::add);
    db.changes(ChangeRange.after(Seq.ZERO, 9), Reads.ALL, found::add);
    assertThat(found).extracting(document -> document.revisions().size()).containsExactly(1, 0, 2);
    assertThat(found)
        .extracting(document -> document.tree().isPresent())
        .containsExactly(false, true, true);
    assertThat(found).allMatch(document -> Reads.leaves(document).equals(List.of("2-c", "2-b")));
  }

  @Test
  void whatChangesNothingDoesNotAdvanceTheFeed() {
    RevId first = create("a", "{}");
    written(Writes.merge("m", "1-a"));
    Seq before = db.now();
    commit(Writes.create("a", "{}"));
    commit(Writes.merge("m", "1-a"));
    db.local().put(Writes.id("_local/x"), 0, Body.EMPTY);
    db.properties().put("p", new byte[] {1});
    db.revsLimit(500);
    db.compact((done, total) -> true);
    assertThat(db.now()).isEqualTo(before);
    assertThat(Reads.ids(Reads.changes(db, Seq.ZERO))).containsExactly("a", "m");
    assertThat(Reads.winner(db, "a").rev()).isEqualTo(first);
  }

  @Test
  void pendingCountsDocumentsBehindThePosition() {
    createFive();
    Seq five = db.now();
    assertThat(db.pending(Seq.ZERO)).isEqualTo(5);
    assertThat(db.pending(five)).isZero();
    edit("e", Reads.winner(db, "e").rev(), "{\"v\":2}");
    assertThat(db.pending(Seq.ZERO)).as("once a document").isEqualTo(5);
    assertThat(db.pending(five)).isEqualTo(1);
    List<StoredDocument> all = Reads.changes(db, Seq.ZERO);
    for (int i = 0; i < all.size(); i++) {
      assertThat(db.pending(all.get(i).seq())).isEqualTo(all.size() - 1L - i);
    }
  }

  @Test
  void numbersRiseByOneAChange() {
    assumeThat(store.capabilities().totalOrder()).isTrue();
    for (int i = 1; i <= 5; i++) {
      create("d" + i, "{}");
      assertThat(db.now().number()).isEqualTo(i);
    }
    db.commit(List.of(Writes.create("x", "{}"), Writes.create("y", "{}")));
    assertThat(db.now().number()).isEqualTo(7);
  }

  @Test
  void aPositionBeyondTheEndSkipsNothingThatIsWrittenLater() {
    assumeThat(store.capabilities().totalOrder()).isTrue();
    create("a", "{}");
    List<Seq> end = new ArrayList<>();
    page(ChangeRange.after(Seq.of(1_000), 10), end);
    create("b", "{}");
    assertThat(Reads.ids(Reads.changes(db, end.getLast()))).contains("b");
  }

  /**
   * A listener that counts, and for which a test can wait: a wake may come late and from any
   * thread.
   */
  private static final class Listener implements Runnable {
    private final Semaphore heard = new Semaphore(0);

    @Override
    public void run() {
      heard.release();
    }

    void awaitOne() {
      try {
        assertThat(heard.tryAcquire(5, TimeUnit.MINUTES)).as("woken").isTrue();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      heard.drainPermits();
    }

    boolean heardNothing() {
      return heard.availablePermits() == 0;
    }
  }

  @Test
  void listenersHearOfWritesUntilTheyAreClosed() {
    Listener first = new Listener();
    Listener witness = new Listener();
    try (Registration ofFirst = db.onAdvance(first);
        Registration ofWitness = db.onAdvance(witness)) {
      create("a", "{}");
      first.awaitOne();
      witness.awaitOne();
      ofFirst.close();
      create("b", "{}");
      witness.awaitOne();
      assertThat(first.heardNothing()).isTrue();
      ofWitness.close();
    }
  }

  @Test
  void oneListenerRegisteredTwiceIsTwo() {
    Listener listener = new Listener();
    Registration first = db.onAdvance(listener);
    Registration second = db.onAdvance(listener);
    first.close();
    first.close();
    create("a", "{}");
    listener.awaitOne();
    second.close();
    Listener witness = new Listener();
    try (Registration ofWitness = db.onAdvance(witness)) {
      create("b", "{}");
      witness.awaitOne();
      assertThat(listener.heardNothing()).isTrue();
      ofWitness.close();
    }
  }

  @Test
  void aListenerThatFailsHarmsNobody() {
    Listener witness = new Listener();
    try (Registration failing =
            db.onAdvance(
                () -> {
                  throw new IllegalStateException("a listener's own trouble");
                });
        Registration ofWitness = db.onAdvance(witness)) {
      create("a", "{}");
      witness.awaitOne();
      failing.close();
      ofWitness.close();
    }
  }

  @Test
  void whoIsWokenSeesTheWrite() throws Exception {
    CompletableFuture<Long> pending = new CompletableFuture<>();
    try (Registration registration = db.onAdvance(() -> pending.complete(db.pending(Seq.ZERO)))) {
      create("a", "{}");
      assertThat(pending.get(5, TimeUnit.MINUTES)).isEqualTo(1);
      registration.close();
    }
  }

  @Test
  void whoWaitsForChangesIsWokenByTheDrop() {
    Listener listener = new Listener();
    Registration registration = db.onAdvance(listener);
    store.drop("db");
    listener.awaitOne();
    registration.close();
  }

  @Test
  void aVisitorMayReadAndWrite() {
    createFive();
    db.changes(
        ChangeRange.after(Seq.ZERO, 3),
        Fields.LEAVES,
        document -> {
          assertThat(Reads.load(db, Fields.LEAVES, "a")).hasSize(1);
          written(Writes.create("copy-of-" + document.id(), "{}"));
          return true;
        });
    assertThat(db.pending(Seq.ZERO)).isEqualTo(8);
  }

  @Test
  void anExceptionOfTheVisitorReachesTheCaller() {
    createFive();
    assertThatThrownBy(
            () ->
                db.changes(
                    ChangeRange.after(Seq.ZERO, 3),
                    Fields.LEAVES,
                    document -> {
                      throw new IllegalArgumentException("enough");
                    }))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(Reads.changes(db, Seq.ZERO)).hasSize(5);
    assertThat(Reads.scan(db, new DocRange(Optional.of("d"), Optional.empty(), true, false)))
        .hasSize(2);
  }
}
