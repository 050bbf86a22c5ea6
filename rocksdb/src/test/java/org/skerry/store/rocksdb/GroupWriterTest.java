package org.skerry.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.skerry.document.DocId;
import org.skerry.store.Outcome;
import org.skerry.store.RevisionWrite;
import org.skerry.store.StoreException;
import org.skerry.store.Writes;

/** Turns that meet in one group, and what becomes of the others when one of them fails. */
class GroupWriterTest {
  @TempDir Path temporary;
  private Tables tables;
  private GroupWriter writer;

  @BeforeEach
  void open() {
    tables = new Tables(temporary.resolve("rocks"), RocksOptions.DEFAULT);
    writer = new GroupWriter(tables);
  }

  @AfterEach
  void close() {
    writer.close();
    tables.close();
  }

  private static byte[] key(int n) {
    return new byte[] {(byte) n};
  }

  private static Turn<Integer> putting(int n) {
    return group -> {
      group.put(Family.META, key(n), key(n));
      return n;
    };
  }

  /** Lets turns queue up behind one that waits, so that they share the next group. */
  private List<Future<Integer>> together(List<Turn<Integer>> turns) throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      threads.submit(
          () ->
              writer.write(
                  group -> {
                    inside.countDown();
                    return await(release);
                  }));
      inside.await();
      List<Future<Integer>> answers = new ArrayList<>();
      for (Turn<Integer> turn : turns) {
        answers.add(threads.submit(() -> writer.write(turn)));
      }
      release.countDown();
      return answers;
    }
  }

  private static boolean await(CountDownLatch latch) {
    try {
      latch.await();
      return true;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void oneThatFailsTakesNobodyWithIt() throws Exception {
    Turn<Integer> failing =
        group -> {
          group.put(Family.META, key(2), key(2));
          throw new StoreException("cannot decide");
        };
    List<Future<Integer>> answers = together(List.of(putting(1), failing, putting(3)));
    assertThat(answers.get(0).get()).isEqualTo(1);
    assertThatThrownBy(() -> answers.get(1).get()).hasRootCauseMessage("cannot decide");
    assertThat(answers.get(2).get()).isEqualTo(3);
    assertThat(tables.get(Family.META, tables.latest(), key(1))).isPresent();
    assertThat(tables.get(Family.META, tables.latest(), key(2))).isEmpty();
    assertThat(tables.get(Family.META, tables.latest(), key(3))).isPresent();
  }

  /** Such as one with a document that is too large for what is left. */
  @Test
  void oneThatTakesTooMuchMemoryTakesNobodyWithIt() throws Exception {
    Turn<Integer> failing =
        group -> {
          group.put(Family.META, key(2), key(2));
          throw new OutOfMemoryError("no room");
        };
    List<Future<Integer>> answers = together(List.of(putting(1), failing, putting(3)));
    assertThat(answers.get(0).get()).isEqualTo(1);
    assertThatThrownBy(() -> answers.get(1).get())
        .hasRootCauseInstanceOf(OutOfMemoryError.class)
        .hasRootCauseMessage("no room");
    assertThat(answers.get(2).get()).isEqualTo(3);
    assertThat(tables.get(Family.META, tables.latest(), key(2))).isEmpty();
    assertThat(writer.isRefused()).as("by the disk").isFalse();
  }

  @Test
  void behindAGroupThatBrokeOffNothingIsWrittenUntilMemoryIsTrusted() throws Exception {
    Turn<Integer> breaking =
        group -> {
          group.put(Family.META, key(2), key(2));
          group.afterwards(
              () -> {
                throw new OutOfMemoryError("no room");
              });
          return 2;
        };
    assertThatThrownBy(() -> writer.write(breaking)).isInstanceOf(BrokenOffException.class);
    assertThat(tables.get(Family.META, tables.latest(), key(2))).as("on the disk").isPresent();
    assertThatThrownBy(() -> writer.write(putting(4))).isInstanceOf(BrokenOffException.class);
    assertThat(tables.get(Family.META, tables.latest(), key(4))).isEmpty();
    assertThat(writer.isRefused()).isTrue();
    writer.trust();
    assertThat(writer.write(putting(4))).isEqualTo(4);
    assertThat(writer.isRefused()).isFalse();
  }

  /** Before it decides: whoever comes next would wait for ever. */
  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void oneThatFailsOnTheWayIntoAGroupIsAnswered() {
    Turn<Integer> failing =
        new Turn<>() {
          @Override
          public Integer decide(Group group) {
            return 1;
          }

          @Override
          public long weight() {
            throw new OutOfMemoryError("no room");
          }
        };
    assertThatThrownBy(() -> writer.write(failing)).hasRootCauseMessage("no room");
    assertThat(writer.write(putting(2))).isEqualTo(2);
  }

  @Test
  void whatIsDurableIsAnsweredThoughAListenerRunsOutOfMemory() {
    Shelf shelf = new Shelf(16, "db", "life", Ledger.NEW, true);
    AtomicInteger told = new AtomicInteger();
    shelf.onAdvance(
        () -> {
          throw new OutOfMemoryError("no room");
        });
    shelf.onAdvance(told::incrementAndGet);
    Turn<Outcome> creating =
        group -> {
          DocumentDraft document = group.on(shelf).document(DocId.of("d"));
          return document.apply(Writes.create("d", "{}"), new PackedBody(key(0), 2));
        };
    assertThat(writer.write(creating)).isInstanceOf(Outcome.Written.class);
    assertThat(told).as("the other listener").hasValue(1);
  }

  /** Heads, rows and counters are put when all have decided. */
  @Test
  void oneWhoseDecisionCannotBePutTakesNobodyWithIt() throws Exception {
    Shelf shelf = new Shelf(16, "db", "life", Ledger.NEW, true);
    Turn<Integer> failing =
        group -> {
          DocumentDraft document = group.on(shelf).document(DocId.of("d"));
          document.scope(Optional.of(new ScopeBytes(new byte[] {1})));
          RevisionWrite write = Writes.create("d", "{}");
          return document.apply(write, new PackedBody(key(0), 2)) instanceof Outcome.Written
              ? 2
              : 0;
        };
    List<Future<Integer>> answers = together(List.of(putting(1), failing, putting(3)));
    assertThat(answers.get(0).get()).isEqualTo(1);
    assertThatThrownBy(() -> answers.get(1).get()).hasMessageContaining("scope of document d");
    assertThat(answers.get(2).get()).isEqualTo(3);
    assertThat(tables.get(Family.META, tables.latest(), key(3))).isPresent();
    assertThat(writer.isRefused()).as("by the disk").isFalse();
    assertThat(shelf.ledger()).isEqualTo(Ledger.NEW);
  }

  @Test
  void whatIsAnsweredIsVisible() {
    for (int n = 0; n < 20; n++) {
      assertThat(writer.write(putting(n))).isEqualTo(n);
      assertThat(tables.get(Family.META, tables.latest(), key(n))).isPresent();
    }
  }

  @Test
  void closingWritesWhatIsQueuedAndTakesNoMore() {
    AtomicInteger decided = new AtomicInteger();
    writer.write(group -> decided.incrementAndGet());
    writer.close();
    writer.close();
    assertThat(decided).hasValue(1);
    assertThatThrownBy(() -> writer.write(putting(1)))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("closed");
  }
}
