package org.skerry.replication.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.skerry.replication.schedule.JobEvent.Type;

class JobHistoryTest {
  private static final Duration THRESHOLD = Duration.ofMinutes(2);

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private JobHistory history = JobHistory.added(now);

  private void after(int seconds, Type type) {
    now = now.plusSeconds(seconds);
    history =
        history.with(
            type == Type.CRASHED
                ? JobEvent.crashed(now, "why", Duration.ofSeconds(seconds))
                : JobEvent.of(type, now),
            20);
  }

  private int crashes() {
    return history.crashes(THRESHOLD);
  }

  @Test
  void aNewJobHasNotCrashed() {
    assertThat(crashes()).isZero();
    after(0, Type.STARTED);
    assertThat(crashes()).isZero();
  }

  @Test
  void crashesInARowAddUp() {
    for (int i = 1; i <= 4; i++) {
      after(60, Type.STARTED);
      after(1, Type.CRASHED);
      assertThat(crashes()).isEqualTo(i);
    }
    after(60, Type.STARTED);
    assertThat(crashes()).as("while it runs again").isEqualTo(4);
  }

  @Test
  void aJobThatRanForLongWasHealthy() {
    after(0, Type.STARTED);
    after(1, Type.CRASHED);
    after(30, Type.STARTED);
    after(121, Type.CRASHED);

    assertThat(crashes()).as("the last crash ended a healthy run").isZero();
    after(30, Type.STARTED);
    after(1, Type.CRASHED);
    assertThat(crashes()).isEqualTo(1);
  }

  /** As on a device that finds the right time with the network while a job runs. */
  @Test
  void aClockThatIsSetMakesNoRunShortOrLong() {
    for (Instant odd : new Instant[] {now.plusSeconds(86_400), now.minusSeconds(86_400)}) {
      after(1, Type.STARTED);
      history = history.with(JobEvent.crashed(odd, "why", Duration.ofSeconds(1)), 20);
    }
    assertThat(crashes()).isEqualTo(2);
    after(1, Type.STARTED);
    history = history.with(JobEvent.crashed(Instant.EPOCH, "why", Duration.ofDays(1)), 20);
    assertThat(crashes()).isZero();
  }

  /** What cannot begin crashes each time, however long it waited in between. */
  @Test
  void aJobThatNeverRanWasNotHealthy() {
    for (int i = 1; i <= 4; i++) {
      now = now.plusSeconds(600);
      history = history.with(JobEvent.crashed(now, "why", Duration.ZERO), 20);
      assertThat(crashes()).isEqualTo(i);
    }
  }

  @Test
  void aJobThatWasStoppedWhileItRanWasHealthy() {
    after(0, Type.STARTED);
    after(1, Type.CRASHED);
    after(30, Type.STARTED);
    after(1, Type.STOPPED);

    assertThat(crashes()).isZero();
  }

  @Test
  void onlyTheNewestEventsAreKept() {
    for (int i = 0; i < 50; i++) {
      after(1, Type.STARTED);
      after(1, Type.CRASHED);
    }

    assertThat(history.events()).hasSize(20);
    assertThat(history.newest().type()).isEqualTo(Type.CRASHED);
    assertThat(history.newest().reason()).contains("why");
    assertThat(history.lastStarted()).contains(now.minusSeconds(1));
  }
}
