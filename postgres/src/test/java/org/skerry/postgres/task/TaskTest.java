package org.skerry.postgres.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.skerry.postgres.Satellite.Flow;

class TaskTest {
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Flow ASKED = new Flow(false, Optional.empty());
  private static final Flow DAILY = new Flow(true, Optional.of(86_400L));

  private final LinkedBlockingQueue<Integer> runs = new LinkedBlockingQueue<>();
  private final AtomicInteger count = new AtomicInteger();
  private Optional<Task> task = Optional.empty();

  private Task task(Flow flow, Task.Work work) {
    Task started =
        new Task("test", flow, work, InstantSource.fixed(Instant.parse("2026-03-01T00:00:00Z")));
    task = Optional.of(started);
    started.start();
    return started;
  }

  private Optional<Duration> run() {
    runs.add(count.incrementAndGet());
    return Optional.empty();
  }

  private void awaitRun(int number) throws InterruptedException {
    assertThat(runs.poll(LONG.toSeconds(), TimeUnit.SECONDS)).isEqualTo(number);
  }

  @AfterEach
  void close() throws InterruptedException {
    if (task.isPresent()) {
      task.get().close();
    }
  }

  @Test
  void asThingsHappenItRunsAtOnceAndWhenSomethingDoes() throws InterruptedException {
    Task running = task(Flow.CONTINUOUS, this::run);
    awaitRun(1);
    running.poke();
    awaitRun(2);
  }

  @Test
  void whatHappensWhileItRunsIsTakenTogether() throws InterruptedException {
    CountDownLatch first = new CountDownLatch(1);
    Task running =
        task(
            Flow.CONTINUOUS,
            () -> {
              Optional<Duration> again = run();
              first.await();
              return again;
            });
    awaitRun(1);
    running.poke();
    running.poke();
    running.poke();
    first.countDown();
    awaitRun(2);
    assertThat(running.await(running.ask(), LONG)).isTrue();
    awaitRun(3);
    assertThat(runs).isEmpty();
  }

  @Test
  void onAScheduleWhatHappensIsNoReason() throws InterruptedException {
    Task running = task(DAILY, this::run);
    awaitRun(1);
    running.poke();
    assertThat(running.await(running.ask(), LONG)).isTrue();
    awaitRun(2);
    assertThat(runs).isEmpty();
    assertThat(running.state().lastSuccess()).isPresent();
  }

  @Test
  void disabledItRunsWhenAsked() throws InterruptedException {
    Task running = task(ASKED, this::run);
    running.poke();
    assertThat(running.await(running.ask(), LONG)).isTrue();
    awaitRun(1);
    assertThat(runs).isEmpty();
  }

  @Test
  void itsWorkMayWantToBeDoneAgainSoon() throws InterruptedException {
    task(
        Flow.CONTINUOUS,
        () -> {
          run();
          return count.get() < 3 ? Optional.of(Duration.ofMillis(1)) : Optional.empty();
        });
    awaitRun(1);
    awaitRun(2);
    awaitRun(3);
  }

  @Test
  void aFailureIsToldAndTriedAgain() throws InterruptedException {
    Task running =
        task(
            ASKED,
            () -> {
              run();
              if (count.get() == 1) {
                throw new SQLException("no route", "08001");
              }
              return Optional.empty();
            });
    assertThat(running.await(running.ask(), LONG)).isTrue();
    awaitRun(1);
    // After a pause, though nobody asks.
    awaitRun(2);
    assertThat(running.await(running.ask(), LONG)).isTrue();
    assertThat(running.state().error()).isEmpty();
    assertThat(running.state().failures()).isZero();
  }

  @Test
  void whatNobodyExpectedIsAnErrorOfTheNodesAndEndsNothing() throws InterruptedException {
    Task running =
        task(
            ASKED,
            () -> {
              if (count.incrementAndGet() == 1) {
                throw new IllegalStateException("oops");
              }
              return Optional.empty();
            });
    assertThat(running.await(running.ask(), LONG)).isTrue();
    assertThat(running.await(running.ask(), LONG)).isTrue();
    assertThat(count).hasValueGreaterThan(1);
  }

  @Test
  void whoWaitsWhenItIsClosedIsLetGo() throws InterruptedException {
    Task running = task(ASKED, this::run);
    running.close();
    assertThat(running.await(1_000, LONG)).isTrue();
  }
}
