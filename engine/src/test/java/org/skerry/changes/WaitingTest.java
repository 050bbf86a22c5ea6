package org.skerry.changes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.skerry.store.DatabaseGoneException;
import org.skerry.store.DocumentStore;
import org.skerry.store.MemoryStore;
import org.skerry.store.Seq;

@Timeout(300)
class WaitingTest {
  private static final Duration LONG = Duration.ofDays(100_000);

  private final MemoryStore node = new MemoryStore();
  private final DocumentStore store = node.create("db").orElseThrow();
  private final ChangesFeed feed = new ChangesFeed(store);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  private Future<Wake> waitBehind(Seq since) {
    return threads.submit(() -> feed.await(since, LONG));
  }

  private void untilWaiting(int count) {
    while (feed.waiting() != count) {
      Thread.onSpinWait();
    }
  }

  @Test
  void aPositionThatWasPassedDoesNotWait() throws InterruptedException {
    Edits.create(store, "a");
    assertThat(feed.await(Seq.ZERO, LONG)).isEqualTo(Wake.ADVANCED);
  }

  @Test
  void aWaitWithoutAChangeEndsInTime() throws InterruptedException {
    assertThat(feed.await(Seq.ZERO, Duration.ofMillis(1))).isEqualTo(Wake.TIMEOUT);
    assertThat(feed.await(Seq.ZERO, Duration.ZERO)).isEqualTo(Wake.TIMEOUT);
    assertThat(feed.waiting()).isZero();
  }

  @Test
  void aPositionBeyondTheEndWaitsAndDoesNotSpin() throws InterruptedException {
    assertThat(feed.await(Seq.of(10), Duration.ofMillis(1))).isEqualTo(Wake.TIMEOUT);
  }

  @Test
  void aWriteWakesAllWhoWaitBehindIt() throws Exception {
    List<Future<Wake>> waits = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      waits.add(waitBehind(Seq.ZERO));
    }
    untilWaiting(1_000);
    Edits.create(store, "a");
    for (Future<Wake> wait : waits) {
      assertThat(wait.get()).isEqualTo(Wake.ADVANCED);
    }
    assertThat(feed.waiting()).isZero();
  }

  @Test
  void whoWaitsFurtherAheadStaysAsleep() throws Exception {
    Future<Wake> ahead = waitBehind(Seq.of(1));
    Future<Wake> behind = waitBehind(Seq.ZERO);
    untilWaiting(2);
    Edits.create(store, "a");
    assertThat(behind.get()).isEqualTo(Wake.ADVANCED);
    assertThat(feed.waiting()).isEqualTo(1);
    Edits.create(store, "b");
    assertThat(ahead.get()).isEqualTo(Wake.ADVANCED);
  }

  @Test
  void interruptingEndsTheWait() {
    Future<Wake> wait = waitBehind(Seq.ZERO);
    untilWaiting(1);
    threads.shutdownNow();
    assertThatThrownBy(wait::get)
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(InterruptedException.class);
    untilWaiting(0);
  }

  @Test
  void closingTheFeedEndsAllWaiting() throws Exception {
    Future<Wake> wait = waitBehind(Seq.ZERO);
    untilWaiting(1);
    feed.close();
    assertThat(wait.get()).isEqualTo(Wake.CLOSED);
    assertThat(feed.await(Seq.ZERO, LONG)).isEqualTo(Wake.CLOSED);
  }

  @Test
  void droppingTheDatabaseIsHeardByThoseWhoWait() {
    Future<Wake> wait = waitBehind(Seq.ZERO);
    untilWaiting(1);
    node.drop("db");
    assertThatThrownBy(wait::get)
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(DatabaseGoneException.class);
  }

  @Test
  void manyReadersThatResumeFromTokensMissNoneOfManyWritersChanges() throws Exception {
    int writers = 8;
    int documents = 200;
    int readers = 50;
    List<Future<Set<String>>> reading = new ArrayList<>();
    for (int i = 0; i < readers; i++) {
      int limit = 1 + i % 7;
      reading.add(threads.submit(follow(writers * documents, limit)));
    }
    List<Future<?>> writing = new ArrayList<>();
    for (int writer = 0; writer < writers; writer++) {
      String prefix = "w" + writer + "-";
      writing.add(
          threads.submit(
              () -> {
                for (int n = 0; n < documents; n++) {
                  Edits.create(store, prefix + n);
                  Thread.yield();
                }
              }));
    }
    for (Future<?> writer : writing) {
      writer.get();
    }
    for (Future<Set<String>> reader : reading) {
      assertThat(reader.get()).hasSize(writers * documents);
    }
  }

  /**
   * A live reader: in turn reads a page and waits, knowing nothing but the token that it was given.
   */
  private Callable<Set<String>> follow(int until, int limit) {
    return () -> {
      Set<String> seen = new HashSet<>();
      String token = "0";
      while (seen.size() < until) {
        Seq since = feed.tokens().parse(token);
        Page page =
            feed.read(
                ChangesRequest.ALL.withLimit(limit),
                since,
                (document, leaves) -> seen.add(document.id().text()));
        token = feed.tokens().format(page.lastSeq());
        if (page.rows() == 0) {
          assertThat(feed.await(page.lastSeq(), LONG)).isEqualTo(Wake.ADVANCED);
        }
      }
      return seen;
    };
  }
}
