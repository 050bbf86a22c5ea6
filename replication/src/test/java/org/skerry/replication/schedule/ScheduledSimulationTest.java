package org.skerry.replication.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.skerry.replication.Origin;
import org.skerry.replication.Replication;
import org.skerry.replication.ReplicationId;
import org.skerry.replication.ReplicationSpec;
import org.skerry.replication.SimulatedTurns;
import org.skerry.replication.SimulationStories;
import org.skerry.replication.schedule.Job.Phase;
import org.skerry.testing.Seeded;

/**
 * The stories of {@code SimulationTest}, told of nodes whose replications share few places, crash
 * and wait: the same laws hold after every event, and all nodes become equal.
 */
class ScheduledSimulationTest {
  private static final int STORIES = Integer.getInteger("skerry.stories", 2_000) / 4;

  @Test
  void jobsThatTakeTurnsKeepTheLaws() {
    if (Long.getLong(Seeded.PROPERTY) != null) {
      tell(Seeded.seed());
      return;
    }
    SimulationStories.tellAll(
        new SplittableRandom(Seeded.seed()), STORIES, ScheduledSimulationTest::tell);
  }

  private static void tell(long seed) {
    try {
      SimulationStories.tell(seed, Turns::new);
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(
          "repeat with -Dtest=ScheduledSimulationTest -D" + Seeded.PROPERTY + "=" + seed, e);
    }
  }

  /** One node's roster, asked before every step. */
  private static final class Turns implements SimulatedTurns {
    private final SchedulerSettings settings;
    private final Roster roster;
    private final RandomGenerator random;
    private Instant nextTurn = Instant.EPOCH;

    Turns(SplittableRandom seeds) {
      this.random = seeds.split();
      this.settings =
          SchedulerSettings.DEFAULT.with(
              1 + random.nextInt(3),
              Duration.ofSeconds(1 + random.nextInt(20)),
              1 + random.nextInt(2));
      this.roster = new Roster(settings, random);
    }

    @Override
    public boolean isScheduled() {
      return true;
    }

    @Override
    public void add(ReplicationId id, ReplicationSpec spec, Instant now) {
      roster.find(id.base()).ifPresent(roster::remove);
      roster.add(new Job(id, spec, Origin.NOBODY, now));
    }

    @Override
    public Place place(ReplicationId id, Instant now) {
      if (random.nextInt(4) == 0) {
        roster.withoutLine().forEach(job -> job.lineIsBack(now));
      }
      roster.toStart(now, 0).forEach(job -> roster.started(job, Optional.empty(), now));
      if (!nextTurn.isAfter(now)) {
        nextTurn = now.plus(settings.interval());
        roster.toStop(now, 0).forEach(roster::stopping);
      }
      long places = roster.jobs().stream().filter(job -> job.phase() != Phase.WAITING).count();
      assertThat(places).isLessThanOrEqualTo(settings.maxJobs());
      return switch (roster.find(id.base()).orElseThrow().phase()) {
        case WAITING -> Place.NONE;
        case RUNNING -> Place.HELD;
        case STOPPING -> Place.LOST;
      };
    }

    @Override
    public void ended(ReplicationId id, Replication.State state, boolean line, Instant now) {
      Job job = roster.find(id.base()).orElseThrow();
      if (state == Replication.State.CANCELLED) {
        roster.stopped(job, now);
      } else {
        roster.crashed(job, state.name(), line, Duration.ZERO, now);
      }
    }
  }
}
