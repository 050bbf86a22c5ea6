package org.skerry.http.couch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.skerry.http.HttpProblem;
import org.skerry.testing.Seeded;

/** In which order large readings have their turns. */
@Timeout(300)
@ExtendWith(Seeded.class)
class LargeReadsTest {
  private static final long SHARE = 20_000_000;

  private final AtomicLong clock = new AtomicLong();
  private final List<String> turns = Collections.synchronizedList(new ArrayList<>());
  private final List<Thread> readers = new ArrayList<>();

  /** A reader that wants one turn and notes it; it waits when this returns. */
  private void waits(LargeReads reads, String name) {
    int before = reads.waiting();
    readers.add(Thread.ofVirtual().start(() -> turnOf(reads, name)));
    while (reads.waiting() == before) {
      Thread.onSpinWait();
    }
  }

  private void turnOf(LargeReads reads, String name) {
    try (var _ = reads.turn(name.substring(0, 1))) {
      turns.add(name);
    } catch (InterruptedIOException e) {
      turns.add(name + " left");
    } catch (HttpProblem e) {
      turns.add(name + ": " + e.error());
    }
  }

  private void allHadTheirTurns() throws InterruptedException {
    for (Thread reader : readers) {
      reader.join();
    }
  }

  private LargeReads one() {
    return new LargeReads(1, 3, clock::get);
  }

  @Test
  void aSiteWithManyRequestsHasAsManyTurnsAsOneWithOne() throws Exception {
    LargeReads reads = one();
    try (var _ = reads.turn("z")) {
      for (String name : List.of("a1", "a2", "a3", "b1", "c1", "b2")) {
        waits(reads, name);
      }
      assertThat(turns).isEmpty();
    }
    allHadTheirTurns();
    assertThat(turns).containsExactly("a1", "b1", "c1", "a2", "b2", "a3");
  }

  @Test
  void whoHadATurnIsBehindThoseWhoWait() throws Exception {
    LargeReads reads = one();
    LargeReads.Turn first = reads.turn("a");
    waits(reads, "b1");
    waits(reads, "c1");
    waits(reads, "a2");
    first.close();
    allHadTheirTurns();
    assertThat(turns).containsExactly("b1", "c1", "a2");
  }

  @Test
  void asManyReadTogetherAsThereArePlaces() throws Exception {
    LargeReads reads = new LargeReads(3, 3, clock::get);
    LargeReads.Turn first = reads.turn("a");
    LargeReads.Turn second = reads.turn("a");
    LargeReads.Turn third = reads.turn("a");
    waits(reads, "a4");
    second.close();
    second.close();
    allHadTheirTurns();
    waits(reads, "b", first, third);
  }

  /** Three places are free again, and no more. */
  private void waits(LargeReads reads, String name, LargeReads.Turn first, LargeReads.Turn third)
      throws Exception {
    try (var _ = reads.turn(name)) {
      waits(reads, "c1");
    }
    first.close();
    third.close();
    allHadTheirTurns();
    assertThat(turns).containsExactly("a4", "c1");
    assertThat(reads.waiting()).isZero();
  }

  @Test
  void aTurnIsOverWhenItTookItsShareAndOthersWait() throws Exception {
    LargeReads reads = one();
    LargeReads.Turn turn = reads.turn("a");
    clock.set(SHARE * 2);
    assertThat(turn.isOver()).as("nobody waits").isFalse();
    waits(reads, "b1");
    assertThat(turn.isOver()).isTrue();
    turn.close();
    allHadTheirTurns();
    LargeReads.Turn next = reads.turn("a");
    waits(reads, "c1");
    assertThat(next.isOver()).as("it has just begun").isFalse();
    next.close();
    allHadTheirTurns();
    assertThat(LargeReads.Turn.NONE.isOver()).isFalse();
  }

  @Test
  void whoIsInterruptedLeavesTheLine() throws Exception {
    LargeReads reads = one();
    try (var _ = reads.turn("z")) {
      waits(reads, "a1");
      waits(reads, "b1");
      waits(reads, "a2");
      readers.get(0).interrupt();
      readers.get(0).join();
      readers.get(1).interrupt();
      readers.get(1).join();
      assertThat(reads.waiting()).isEqualTo(1);
    }
    allHadTheirTurns();
    assertThat(turns).containsExactly("a1 left", "b1 left", "a2");
    reads.turn("a").close();
  }

  @Test
  void ofTooManyOfOnePartyTheOneThatWaitedLongestGivesUp() throws Exception {
    LargeReads reads = one();
    try (var _ = reads.turn("z")) {
      for (String name : List.of("b1", "a1", "a2", "a3")) {
        waits(reads, name);
      }
      Thread last = Thread.ofVirtual().start(() -> turnOf(reads, "a4"));
      readers.get(1).join();
      assertThat(turns).containsExactly("a1: too_many_requests");
      assertThat(reads.waiting()).isEqualTo(4);
      readers.add(last);
    }
    allHadTheirTurns();
    assertThat(turns).containsExactly("a1: too_many_requests", "b1", "a2", "a3", "a4");
    reads.turn("a").close();
  }

  /** Speaks so often while it waits, and then is silent; the last time it may do something else. */
  private static LargeReads.Patience<IOException> speaking(
      int times, AtomicInteger spoken, Callable<Void> atLast) {
    return new LargeReads.Patience<>() {
      @Override
      public Duration left() {
        return spoken.get() < times ? Duration.ZERO : Duration.ofDays(1);
      }

      @Override
      public void over() throws IOException {
        if (spoken.incrementAndGet() == times) {
          try {
            atLast.call();
          } catch (IOException e) {
            throw e;
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        }
      }
    };
  }

  @Test
  void whoSpeaksWhileItWaitsKeepsItsPlace() throws Exception {
    LargeReads reads = one();
    LargeReads.Turn first = reads.turn("z");
    AtomicInteger spoken = new AtomicInteger();
    CountDownLatch silent = new CountDownLatch(1);
    readers.add(
        Thread.ofVirtual()
            .start(
                () -> {
                  Callable<Void> tell =
                      () -> {
                        silent.countDown();
                        return null;
                      };
                  try (var _ = reads.turn("a", speaking(3, spoken, tell))) {
                    turns.add("a1");
                  } catch (IOException e) {
                    turns.add("a1 left");
                  }
                }));
    silent.await();
    waits(reads, "b1");
    assertThat(turns).isEmpty();
    first.close();
    allHadTheirTurns();
    assertThat(turns).containsExactly("a1", "b1");
    assertThat(spoken).hasValue(3);
  }

  @Test
  void whoIsNotHeardAnyMoreLeavesTheLine() throws Exception {
    LargeReads reads = one();
    LargeReads.Patience<IOException> gone =
        speaking(
            2,
            new AtomicInteger(),
            () -> {
              throw new IOException("gone");
            });
    try (var _ = reads.turn("z")) {
      assertThatThrownBy(() -> reads.turn("a", gone)).hasMessage("gone");
      assertThat(reads.waiting()).isZero();
    }
    reads.turn("b").close();
  }

  @Test
  void whoGetsItsTurnInTheMomentInWhichItLeavesPassesItOn() throws Exception {
    LargeReads reads = one();
    LargeReads.Turn first = reads.turn("z");
    LargeReads.Patience<IOException> gone =
        speaking(
            1,
            new AtomicInteger(),
            () -> {
              first.close();
              throw new IOException("gone");
            });
    assertThatThrownBy(() -> reads.turn("a", gone)).hasMessage("gone");
    try (var _ = reads.turn("b")) {
      waits(reads, "c1");
      assertThat(turns).as("there is one place").isEmpty();
    }
    allHadTheirTurns();
    assertThat(turns).containsExactly("c1");
  }

  @Test
  void nobodyWaitsForMoreThanOneTurnOfEachOther(SplittableRandom random) throws Exception {
    LargeReads reads = new LargeReads(1, 60, clock::get);
    List<String> asked = new ArrayList<>();
    try (var _ = reads.turn("z")) {
      for (int i = 0; i < 60; i++) {
        String name = (char) ('a' + random.nextInt(7)) + "" + i;
        asked.add(name);
        waits(reads, name);
      }
    }
    allHadTheirTurns();
    assertThat(turns).containsExactlyInAnyOrderElementsOf(asked);
    for (String name : asked) {
      List<String> before = turns.subList(0, turns.indexOf(name));
      long own = ofParty(before, name.charAt(0));
      for (char other = 'a'; other < 'h'; other++) {
        assertThat(ofParty(before, other)).isLessThanOrEqualTo(own + 1);
      }
      assertThat(ofParty(asked.subList(0, asked.indexOf(name)), name.charAt(0))).isEqualTo(own);
    }
  }

  private static long ofParty(List<String> names, char party) {
    return names.stream().filter(name -> name.charAt(0) == party).count();
  }
}
