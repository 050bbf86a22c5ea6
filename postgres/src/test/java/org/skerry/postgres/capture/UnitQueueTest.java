package org.skerry.postgres.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.skerry.postgres.capture.pgoutput.Relation;

class UnitQueueTest {
  private static final RowChange CHANGE =
      new RowChange.Emptied(new Relation(1, "public", "party", Relation.Identity.KEY, List.of()));

  private static final Duration LONG = Duration.ofMinutes(5);

  private final UnitQueue queue = new UnitQueue(10);

  private static Unit unit(int place, int changes) {
    List<RowChange> all = Collections.nCopies(changes, CHANGE);
    return new Unit(1, place, Instant.EPOCH, 0, all, true, place, List.of());
  }

  @Test
  void unitsComeInOrder() throws Exception {
    queue.put(unit(1, 1), LONG);
    queue.put(unit(2, 1), LONG);
    assertThat(queue.take()).contains(unit(1, 1));
    assertThat(queue.poll()).contains(unit(2, 1));
    assertThat(queue.poll()).isEmpty();
  }

  @Test
  void whoeverReadsAheadWaitsForRoom() throws Exception {
    queue.put(unit(1, 10), LONG);
    AtomicInteger put = new AtomicInteger();
    CountDownLatch second = new CountDownLatch(1);
    Thread reader =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    second.countDown();
                    queue.put(unit(2, 1), LONG);
                    put.incrementAndGet();
                  } catch (InterruptedException e) {
                    put.set(-1);
                  }
                });
    second.await();
    assertThat(put).hasValue(0);
    queue.take();
    reader.join();
    assertThat(put).hasValue(1);
    assertThat(queue.poll()).contains(unit(2, 1));
  }

  @Test
  void aFailureIsToldBehindWhatCameBefore() throws Exception {
    queue.put(unit(1, 1), LONG);
    queue.fail(new SQLException("gone"));
    assertThat(queue.take()).isPresent();
    assertThatThrownBy(queue::take).isInstanceOf(SQLException.class).hasMessage("gone");
  }

  @Test
  void afterClosingNothingComesAndNothingIsWanted() throws Exception {
    queue.put(unit(1, 1), LONG);
    queue.close();
    assertThat(queue.take()).isEmpty();
    assertThat(queue.isClosed()).isTrue();
    queue.put(unit(2, 10), LONG);
    assertThat(queue.put(unit(3, 1), LONG)).isTrue();
    queue.gather(LONG);
  }

  @Test
  void whoFindsNoRoomInTimeIsToldSo() throws Exception {
    queue.put(unit(1, 10), LONG);
    assertThat(queue.put(unit(2, 1), Duration.ZERO)).isFalse();
    queue.take();
    assertThat(queue.put(unit(2, 1), Duration.ZERO)).isTrue();
  }

  @Test
  void gatheringEndsWhenThereIsNoMoreRoom() throws Exception {
    queue.put(unit(1, 10), LONG);
    queue.gather(LONG);
    assertThat(queue.poll()).isPresent();
  }

  @Test
  void gatheringEndsWhenSomebodyWaitsForAUnit() throws Exception {
    Thread gathering =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    queue.gather(LONG);
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
    queue.put(new Unit(1, 1, Instant.EPOCH, 0, List.of(), true, 1, List.of("somebody")), LONG);
    gathering.join();
    assertThat(queue.poll()).isPresent();
  }
}
