package org.skerry.store.faulty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.skerry.document.BlobId;
import org.skerry.document.Body;
import org.skerry.store.AttachmentStore.Pin;
import org.skerry.store.AttachmentStore.Upload;
import org.skerry.store.DocRange;
import org.skerry.store.DocumentStore;
import org.skerry.store.MemoryStore;
import org.skerry.store.Outcome;
import org.skerry.store.Reads;
import org.skerry.store.Registration;
import org.skerry.store.RevisionWrite;
import org.skerry.store.Seq;
import org.skerry.store.Store;
import org.skerry.store.StoreException;
import org.skerry.store.Writes;
import org.skerry.store.faulty.FaultPlan.Operation;

class FaultyStoreTest {
  private static final int SEEDS = 100;

  private FaultyStore store = open(1);
  private DocumentStore db = store.create("db").orElseThrow();

  private static FaultyStore open(long seed) {
    return new FaultyStore(new MemoryStore(), new SplittableRandom(seed));
  }

  private void begin(long seed) {
    store = open(seed);
    db = store.create("db").orElseThrow();
  }

  private void restart() {
    store = store.restart();
    db = store.find("db").orElseThrow();
  }

  private List<String> ids() {
    return Reads.ids(Reads.scan(db, DocRange.ALL));
  }

  private static List<RevisionWrite> creates(String... ids) {
    return List.of(ids).stream().<RevisionWrite>map(id -> Writes.create(id, "{}")).toList();
  }

  private static Pin upload(DocumentStore database, byte... bytes) {
    try (Upload upload = database.attachments().begin()) {
      upload.write(bytes, 0, bytes.length);
      return upload.finish();
    }
  }

  @Test
  void anErrorHasNoEffectThatAnybodySees() {
    store.plan(FaultPlan.at(Operation.COMMIT, 1, Fault.ERROR));
    assertThatThrownBy(() -> db.commit(creates("a")))
        .isInstanceOf(InjectedFaultException.class)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("COMMIT");
    assertThat(ids()).isEmpty();
    assertThat(db.now()).isEqualTo(Seq.ZERO);
    assertThat(db.commit(creates("a")).getFirst()).isInstanceOf(Outcome.Written.class);
    assertThat(store.injected(Fault.ERROR)).isEqualTo(1);
  }

  @Test
  void whatFailedMayTurnUpAfterACrash() {
    Set<List<String>> ends = new HashSet<>();
    for (int seed = 0; seed < SEEDS; seed++) {
      begin(seed);
      db.commit(creates("acknowledged"));
      store.plan(FaultPlan.at(Operation.COMMIT, 2, Fault.ERROR));
      assertThatThrownBy(() -> db.commit(creates("b", "c"))).isNotNull();
      store.crash();
      restart();
      ends.add(ids());
    }
    assertThat(ends)
        .containsExactlyInAnyOrder(
            List.of("acknowledged"),
            List.of("acknowledged", "b"),
            List.of("acknowledged", "c"),
            List.of("acknowledged", "b", "c"));
  }

  @Test
  void aLostAnswerIsAnErrorThatTookEffect() {
    store.plan(FaultPlan.at(Operation.COMMIT, 1, Fault.LOST_ANSWER));
    assertThatThrownBy(() -> db.commit(creates("a"))).isInstanceOf(InjectedFaultException.class);
    assertThat(ids()).containsExactly("a");
    store.crash();
    restart();
    assertThat(ids()).as("a reader saw it").containsExactly("a");
  }

  @Test
  void aCrashLeavesOfEachDocumentTheFirstWrites() {
    Set<String> ends = new HashSet<>();
    RevisionWrite first = Writes.create("a", "{\"v\":1}");
    RevisionWrite second = Writes.edit("a", first.rev(), "{\"v\":2}");
    for (int seed = 0; seed < SEEDS; seed++) {
      begin(seed);
      db.commit(creates("acknowledged"));
      store.plan(FaultPlan.at(Operation.COMMIT, 2, Fault.CRASH));
      assertThatThrownBy(() -> db.commit(List.of(first, Writes.create("b", "{}"), second)))
          .isInstanceOf(CrashedException.class);
      assertThat(store.isAlive()).isFalse();
      restart();
      assertThat(ids()).contains("acknowledged");
      ends.add(
          Reads.document(db, "a").map(a -> "" + a.winner().rev().generation()).orElse("-")
              + Reads.document(db, "b").map(b -> "b").orElse("-"));
    }
    assertThat(ends).containsExactlyInAnyOrder("--", "-b", "1-", "1b", "2-", "2b");
  }

  @Test
  void nothingWorksAfterACrash() throws IOException {
    db.commit(creates("a"));
    Upload upload = db.attachments().begin();
    Pin pin = upload(db, (byte) 1);
    InputStream stream = db.attachments().open(pin.blob(), 0).orElseThrow();
    AtomicInteger woken = new AtomicInteger();
    Registration registration = db.onAdvance(woken::incrementAndGet);
    store.crash();
    assertThatThrownBy(store::names).isInstanceOf(CrashedException.class);
    assertThatThrownBy(() -> store.find("db")).isInstanceOf(CrashedException.class);
    assertThatThrownBy(() -> db.commit(creates("b"))).isInstanceOf(CrashedException.class);
    assertThatThrownBy(this::ids).isInstanceOf(CrashedException.class);
    assertThatThrownBy(db::now).isInstanceOf(CrashedException.class);
    assertThatThrownBy(() -> db.local().get(Writes.id("_local/x")))
        .isInstanceOf(CrashedException.class);
    assertThatThrownBy(() -> db.properties().put("p", new byte[0]))
        .isInstanceOf(CrashedException.class);
    assertThatThrownBy(upload::finish).isInstanceOf(CrashedException.class);
    assertThatThrownBy(stream::read).isInstanceOf(IOException.class);
    DocumentStore old = db;
    restart();
    db.commit(creates("c"));
    assertThat(woken).hasValue(0);
    assertThatThrownBy(() -> old.commit(creates("b"))).isInstanceOf(CrashedException.class);
    assertThat(ids()).containsExactly("a", "c");
    stream.close();
    registration.close();
  }

  @Test
  void aRunEndsBeforeTheNextBegins() {
    assertThatThrownBy(() -> store.restart()).isInstanceOf(IllegalStateException.class);
    db.commit(creates("a"));
    store.close();
    restart();
    assertThat(ids()).containsExactly("a");
  }

  @Test
  void anUploadIsSafeOnceACommitReturned() {
    int lost = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      begin(seed);
      BlobId safe = upload(db, (byte) 1).blob();
      db.commit(creates("a"));
      BlobId unsafe = upload(db, (byte) 2).blob();
      assertThat(upload(db, (byte) 1).blob()).as("again the same bytes").isEqualTo(safe);
      assertThat(db.attachments().open(unsafe, 0)).isPresent();
      store.crash();
      restart();
      assertThat(db.attachments().open(safe, 0)).isPresent();
      if (db.attachments().open(unsafe, 0).isEmpty()) {
        lost++;
        assertThat(db.attachments().pin(unsafe)).isEmpty();
        upload(db, (byte) 2).close();
        assertThat(db.attachments().open(unsafe, 0)).isPresent();
      }
    }
    assertThat(lost).isBetween(1, SEEDS - 1);
  }

  @Test
  void pinsOfADeadProcessHoldNothing() {
    BlobId blob = upload(db, (byte) 1).blob();
    db.commit(creates("a"));
    store.crash();
    restart();
    db.compact((done, total) -> true);
    assertThat(db.attachments().open(blob, 0)).isEmpty();
    upload(db, (byte) 1).close();
    assertThat(db.attachments().open(blob, 0)).isPresent();
  }

  @Test
  void whatWasNotClosedIsReportedWithWhereItWasOpened() throws IOException {
    store.assertNothingOpen();
    Upload upload = db.attachments().begin();
    Pin pin = upload(db, (byte) 1);
    InputStream stream = db.attachments().open(pin.blob(), 0).orElseThrow();
    Registration registration = db.onAdvance(() -> {});
    assertThatThrownBy(store::assertNothingOpen)
        .isInstanceOf(AssertionError.class)
        .hasMessage("4 not closed")
        .satisfies(
            error ->
                assertThat(error.getSuppressed())
                    .allSatisfy(
                        opened ->
                            assertThat(opened.getStackTrace())
                                .anySatisfy(
                                    frame ->
                                        assertThat(frame.getMethodName())
                                            .isEqualTo(
                                                "whatWasNotClosedIsReportedWithWhereItWasOpened")))
                    .extracting(Throwable::getMessage)
                    .extracting(message -> message.split(" ")[0])
                    .containsExactly("upload", "pin", "stream", "registration"));
    upload.close();
    pin.close();
    stream.close();
    registration.close();
    assertThatCode(store::assertNothingOpen).doesNotThrowAnyException();
  }

  @Test
  void aVisitMayBreakInTheMiddle() {
    db.commit(creates("a", "b", "c", "d", "e", "f"));
    Set<Integer> visited = new HashSet<>();
    store.plan(call -> call.operation() == Operation.CHANGES ? Fault.LOST_ANSWER : Fault.NONE);
    for (int i = 0; i < SEEDS; i++) {
      List<String> seen = new ArrayList<>();
      assertThatThrownBy(
              () ->
                  db.changes(
                      org.skerry.store.ChangeRange.after(Seq.ZERO, 10),
                      org.skerry.store.Fields.LEAVES,
                      document -> seen.add(document.id().text())))
          .isInstanceOf(InjectedFaultException.class);
      visited.add(seen.size());
    }
    assertThat(visited).contains(0, 1, 2, 3, 4).doesNotContain(6);
  }

  @Test
  void aStreamMayBreakInTheMiddle() throws IOException {
    byte[] content = new byte[20_000];
    try (Pin pin = upload(db, content)) {
      store.plan(FaultPlan.at(Operation.BLOB_READ, 1, Fault.LOST_ANSWER));
      try (InputStream in = db.attachments().open(pin.blob(), 0).orElseThrow()) {
        assertThatThrownBy(in::readAllBytes).isInstanceOf(IOException.class);
      }
      try (InputStream in = db.attachments().open(pin.blob(), 0).orElseThrow()) {
        assertThat(in.readAllBytes()).hasSize(content.length);
      }
    }
  }

  @Test
  void delaysArePlayedByTheOwner() {
    List<FaultPlan.Call> delayed = new ArrayList<>();
    store = new FaultyStore(new MemoryStore(), new SplittableRandom(1), delayed::add);
    db = store.create("db").orElseThrow();
    store.plan(FaultPlan.at(Operation.COMMIT, 1, Fault.DELAY));
    db.commit(creates("a"));
    assertThat(delayed).containsExactly(new FaultPlan.Call(Operation.COMMIT, "db", 1));
    assertThat(ids()).containsExactly("a");
  }

  @Test
  void oneSeedIsOneStory() {
    assertThat(story(11)).isEqualTo(story(11)).isNotEqualTo(story(12));
  }

  /** A day in the life: what each of many calls did, through faults and crashes. */
  private static List<String> story(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    FaultyStore store =
        new FaultyStore(new MemoryStore(random.split()), random.split(), call -> {});
    DocumentStore db = store.create("db").orElseThrow();
    store.plan(FaultPlan.seeded(random.split(), 0.2, 0.05));
    List<String> story = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      try {
        switch (i % 4) {
          case 0 -> story.add(db.commit(creates("d" + i, "e" + i)).toString());
          case 1 -> story.add(upload(db, (byte) i).blob().toString());
          case 2 -> story.add(db.local().put(Writes.id("_local/" + i), 0, Body.EMPTY).toString());
          default -> story.add(Reads.ids(Reads.changes(db, Seq.ZERO)).toString());
        }
      } catch (CrashedException e) {
        story.add("crash");
        store = store.restart();
        store.plan(FaultPlan.none());
        db = store.find("db").orElseThrow();
        store.plan(FaultPlan.seeded(random.split(), 0.2, 0.05));
      } catch (StoreException e) {
        story.add(e.getMessage());
      }
    }
    assertThat(story).contains("crash");
    return story;
  }

  @Test
  void ofWritersThatACrashInterruptsNothingAcknowledgedIsLost() throws InterruptedException {
    for (int round = 0; round < 10; round++) {
      begin(round);
      Set<String> acknowledged = new ConcurrentSkipListSet<>();
      Set<Throwable> strange = ConcurrentHashMap.newKeySet();
      CountDownLatch enough = new CountDownLatch(200);
      List<Thread> writers = new ArrayList<>();
      for (int w = 0; w < 8; w++) {
        String writer = "w" + w + "/";
        DocumentStore mine = db;
        writers.add(
            Thread.ofVirtual()
                .start(
                    () -> {
                      try {
                        for (int i = 0; i < 2_000; i++) {
                          mine.commit(creates(writer + i));
                          acknowledged.add(writer + i);
                          enough.countDown();
                        }
                      } catch (CrashedException expected) {
                        enough.countDown();
                      } catch (RuntimeException e) {
                        strange.add(e);
                      }
                    }));
      }
      enough.await();
      store.crash();
      for (Thread writer : writers) {
        writer.join();
      }
      restart();
      assertThat(strange).isEmpty();
      assertThat(new HashSet<>(ids())).containsAll(acknowledged);
    }
  }

  @Test
  void plansAreCombined() {
    FaultPlan plan =
        FaultPlan.at(Operation.COMMIT, 1, Fault.ERROR)
            .and(FaultPlan.at(Operation.COMMIT, 1, Fault.CRASH))
            .and(FaultPlan.at(Operation.READ, 2, Fault.CRASH));
    assertThat(plan.fault(new FaultPlan.Call(Operation.COMMIT, "x", 1))).isEqualTo(Fault.ERROR);
    assertThat(plan.fault(new FaultPlan.Call(Operation.READ, "x", 2))).isEqualTo(Fault.CRASH);
    assertThat(plan.fault(new FaultPlan.Call(Operation.READ, "x", 3))).isEqualTo(Fault.NONE);
  }

  @Test
  void chanceKeepsToItsOdds() {
    FaultPlan plan = FaultPlan.seeded(new SplittableRandom(3), 0.3, 0.1);
    int crashes = 0;
    int faults = 0;
    for (int i = 0; i < 10_000; i++) {
      Fault fault = plan.fault(new FaultPlan.Call(Operation.READ, "x", i));
      crashes += fault == Fault.CRASH ? 1 : 0;
      faults += fault == Fault.NONE ? 0 : 1;
    }
    assertThat(crashes).isBetween(800, 1_200);
    assertThat(faults).isBetween(3_700, 4_300);
  }

  @Test
  void settingsAndDatabasesFailToo() {
    store.plan(
        FaultPlan.at(Operation.SETTINGS, 1, Fault.ERROR)
            .and(FaultPlan.at(Operation.DATABASES, 2, Fault.LOST_ANSWER)));
    assertThatThrownBy(() -> db.properties().put("p", new byte[1]))
        .isInstanceOf(InjectedFaultException.class);
    assertThat(db.properties().get("p")).isEqualTo(Optional.empty());
    assertThatThrownBy(() -> store.create("other")).isInstanceOf(InjectedFaultException.class);
    Store sameRun = store;
    assertThat(sameRun.find("other")).isPresent();
  }
}
