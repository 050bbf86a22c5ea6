package org.skerry.replication.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.skerry.replication.Origin;
import org.skerry.replication.ReplicationId;
import org.skerry.replication.ReplicationSpec;
import org.skerry.replication.peer.Endpoint;
import org.skerry.replication.schedule.Job.Phase;
import org.skerry.testing.Seeded;

class RosterTest {
  private final SplittableRandom random = new SplittableRandom(Seeded.seed());
  private final Roster roster =
      new Roster(SchedulerSettings.DEFAULT.with(3, Duration.ofSeconds(60), 2), random);
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  private Job add(String name, boolean live) {
    ReplicationSpec once = ReplicationSpec.of(new Endpoint.Local(name), new Endpoint.Local("t"));
    Job job =
        new Job(
            new ReplicationId(name, ""),
            live ? once.continuous() : once,
            Origin.document("_replicator", name, Optional.empty()),
            now);
    roster.add(job);
    return job;
  }

  private List<String> startAll() {
    now = now.plusSeconds(1);
    List<Job> start = roster.toStart(now, 0);
    start.forEach(job -> roster.started(job, Optional.empty(), now));
    return names(start);
  }

  private List<String> stopAll() {
    now = now.plusSeconds(60);
    List<Job> stop = roster.toStop(now, 0);
    stop.forEach(roster::stopping);
    stop.forEach(job -> roster.stopped(job, now));
    return names(stop);
  }

  private static List<String> names(List<Job> jobs) {
    return jobs.stream().map(job -> job.id().base()).toList();
  }

  @Test
  void noMoreStartThanThereArePlaces() {
    for (String name : List.of("a", "b", "c", "d")) {
      add(name, true);
    }

    assertThat(startAll()).containsExactly("a", "b", "c");
    assertThat(startAll()).isEmpty();
    assertThat(roster.isCrowded(now, 0)).isTrue();
  }

  @Test
  void placesThatOthersHoldAreNotGivenAway() {
    add("a", true);
    add("b", true);

    assertThat(names(roster.toStart(now, 2))).containsExactly("a");
    assertThat(roster.toStart(now, 3)).isEmpty();
    assertThat(roster.toStart(now, 4)).isEmpty();
  }

  @Test
  void thoseThatRanLongestMakeRoomForThoseThatWaitedLongest() {
    for (String name : List.of("a", "b", "c", "d", "e")) {
      add(name, true);
    }
    startAll();

    assertThat(stopAll()).containsExactly("a", "b");
    assertThat(startAll()).containsExactly("d", "e");
    assertThat(stopAll()).containsExactly("c", "d");
    assertThat(startAll()).containsExactly("a", "b");
  }

  @Test
  void noMoreMakeRoomThanWait() {
    for (String name : List.of("a", "b", "c", "d")) {
      add(name, true);
    }
    startAll();

    assertThat(stopAll()).containsExactly("a");
  }

  @Test
  void whoEndsSoonIsNotDisturbed() {
    add("once", false);
    add("b", true);
    add("c", true);
    add("d", true);
    startAll();

    assertThat(stopAll()).containsExactly("b");
  }

  @Test
  void placesThatAreTakenAwayAreLeft() {
    add("once", false);
    add("b", true);
    add("c", true);
    startAll();
    roster.settings(SchedulerSettings.DEFAULT.with(0, Duration.ofSeconds(60), 1));

    assertThat(roster.isCrowded(now, 0)).isTrue();
    assertThat(stopAll()).as("live ones first").containsExactly("b", "c", "once");
    assertThat(startAll()).isEmpty();
  }

  @Test
  void aCrashedJobWaitsTwiceAsLongEachTime() {
    Job job = add("a", true);
    Duration longest = Duration.ZERO;
    for (int crashes = 1; crashes <= 15; crashes++) {
      assertThat(roster.toStart(now, 0)).containsExactly(job);
      roster.started(job, Optional.empty(), now);
      now = now.plusSeconds(1);
      roster.crashed(job, "broken", false, Duration.ZERO, now);
      Duration wait = Duration.between(now, job.readyAt());
      // A job remembers ten crashes.
      Duration full = Duration.ofSeconds(30L << Math.min(9, crashes - 1));
      assertThat(wait).isBetween(full.dividedBy(2), full);
      assertThat(roster.toStart(now, 0)).isEmpty();
      assertThat(roster.nextReady(now)).contains(job.readyAt());
      longest = wait.compareTo(longest) > 0 ? wait : longest;
      now = job.readyAt();
    }
    assertThat(longest).isLessThanOrEqualTo(Duration.ofSeconds(30 * 1024));
  }

  @Test
  void aJobWhoseLineIsBackNeedNotWait() {
    Job job = add("a", true);
    for (int i = 0; i < 5; i++) {
      roster.started(job, Optional.empty(), now);
      roster.crashed(job, "unreachable", true, Duration.ZERO, now);
    }
    assertThat(roster.withoutLine()).containsExactly(job);
    now = now.plusSeconds(60);
    assertThat(roster.toStart(now, 0)).isEmpty();
    job.lineIsBack(now);

    assertThat(roster.withoutLine()).isEmpty();
    assertThat(roster.toStart(now, 0)).containsExactly(job);
  }

  @Test
  void aJobThatCrashesThoughItsLineIsThereIsSlowedDown() {
    Job job = add("a", true);
    Duration before = Duration.ZERO;
    for (int crashes = 1; crashes <= 8; crashes++) {
      roster.started(job, Optional.empty(), now);
      roster.crashed(job, "unreachable", true, Duration.ZERO, now);
      job.lineIsBack(now);
      Duration wait = Duration.between(now, job.readyAt());
      assertThat(wait).isGreaterThanOrEqualTo(before);
      before = wait;
      now = job.readyAt();
    }
    assertThat(before).isGreaterThan(Duration.ofSeconds(60));
  }

  @Test
  void aPeerThatAsksForTimeIsLeftAloneThoughTheLineIsThere() {
    Job job = add("a", true);
    roster.started(job, Optional.empty(), now);
    roster.crashed(job, "too many requests", false, Duration.ZERO, now);
    roster.throttled(job, Duration.ofMinutes(10), now);
    job.lineIsBack(now);
    assertThat(Duration.between(now, job.readyAt()))
        .isBetween(Duration.ofMinutes(10), Duration.ofMinutes(10).plusSeconds(1));
    job.asked(now);
    assertThat(roster.toStart(now, 0)).containsExactly(job);
  }

  @Test
  void nobodyIsLeftAloneForLongerThanAnHour() {
    Job job = add("a", true);
    roster.started(job, Optional.empty(), now);
    roster.crashed(job, "too many requests", false, Duration.ZERO, now);
    roster.throttled(job, Duration.ofDays(30), now);
    assertThat(Duration.between(now, job.readyAt()))
        .isBetween(Duration.ofHours(1), Duration.ofHours(1).plusSeconds(1));
  }

  @Test
  void whoIsAskedForRunsNext() {
    for (String name : List.of("a", "b", "c", "d", "e")) {
      add(name, true);
    }
    startAll();
    Job last = roster.find("e").orElseThrow();
    last.asked(now);
    stopAll();

    assertThat(startAll()).startsWith("e");
    assertThat(last.isAskedFor()).as("once").isFalse();
  }

  @Test
  void askingForACrashedJobEndsItsWait() {
    Job job = add("a", true);
    roster.started(job, Optional.empty(), now);
    roster.crashed(job, "broken", false, Duration.ZERO, now);
    assertThat(roster.toStart(now, 0)).isEmpty();
    job.asked(now);

    assertThat(roster.toStart(now, 0)).containsExactly(job);
    assertThat(job.crashes(Duration.ofMinutes(2))).as("what happened is not forgotten").isOne();
  }

  @Test
  void aBlockedJobIsNotStarted() {
    Job job = add("a", true);
    job.blocked(true);
    assertThat(roster.toStart(now, 0)).isEmpty();
    assertThat(roster.nextReady(now)).isEmpty();
    job.blocked(false);

    assertThat(roster.toStart(now, 0)).containsExactly(job);
  }

  @Test
  void twoJobsOfOneIdAreRefused() {
    add("a", true);
    assertThatThrownBy(() -> add("a", true)).isInstanceOf(IllegalStateException.class);
  }

  /**
   * Whatever happens: never more run than there are places, and as long as jobs are healthy each
   * gets its turn.
   */
  @ParameterizedTest
  @CsvSource({"1, 1", "1, 5", "2, 1", "3, 3", "3, 5", "4, 1", "4, 3", "5, 2", "5, 3", "5, 5"})
  void everyHealthyJobGetsItsTurn(int places, int churn) {
    roster.settings(SchedulerSettings.DEFAULT.with(places, Duration.ofSeconds(60), churn));
    Map<Job, Integer> turns = new HashMap<>();
    for (int i = 0; i < 20; i++) {
      turns.put(add("job-" + i, true), 0);
    }
    for (int round = 0; round < 400; round++) {
      now = now.plusSeconds(60);
      for (Job job : roster.toStart(now, 0)) {
        roster.started(job, Optional.empty(), now);
        turns.merge(job, 1, Integer::sum);
      }
      long running = turns.keySet().stream().filter(job -> job.phase() != Phase.WAITING).count();
      assertThat(running).isLessThanOrEqualTo(places);
      for (Job job : List.copyOf(roster.toStop(now, 0))) {
        roster.stopping(job);
        roster.stopped(job, now);
      }
    }
    List<Integer> counts = new ArrayList<>(turns.values());
    counts.sort(Integer::compare);
    assertThat(counts.getFirst()).as("turns of 20 jobs").isPositive();
    assertThat(counts.getLast() - counts.getFirst()).isLessThanOrEqualTo(1);
  }

  /** A machine without a battery for its clock, which finds the right time with the network. */
  @Test
  void aClockThatIsSetBackMakesNobodyWait() {
    Job crashed = add("crashed", true);
    startAll();
    roster.crashed(crashed, "no network", true, Duration.ZERO, now);
    assertThat(crashed.isReady(now)).isFalse();
    now = now.minus(Duration.ofDays(365));
    assertThat(crashed.isReady(now)).isTrue();
    assertThat(startAll()).containsExactly("crashed");
    roster.crashed(crashed, "no such database", false, Duration.ZERO, now);
    assertThat(Duration.between(now, crashed.readyAt())).isLessThan(Duration.ofDays(1));
  }
}
