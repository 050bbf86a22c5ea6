package org.skerry.replication.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.skerry.replication.Backoff;
import org.skerry.replication.Replication;
import org.skerry.replication.schedule.Job.Phase;
import org.skerry.replication.schedule.JobEvent.Type;

/**
 * Who runs, who waits, who is next. It decides and remembers; starting and stopping is its caller's
 * work. Not safe for several threads.
 *
 * <pre>
 *             starts              told to make room          has made room
 *   WAITING ─────────▶ RUNNING ───────────────────▶ STOPPING ─────────────▶ WAITING
 *      ▲                  │                            │
 *      └── crashed ───────┴────────────────────────────┘
 * </pre>
 */
final class Roster {
  /** CouchDB's: half a minute after the first crash, half a day at most. */
  static final Backoff PENALTY =
      new Backoff(Duration.ofSeconds(30), Duration.ofSeconds(30 * 1024L));

  /** The same for a job whose line is back: the line is there, and still it crashes. */
  static final Backoff LINE_BACK = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(10));

  /** What a peer may ask for at once; whoever knows better lets the job run. */
  static final Duration LONGEST_ASKED = Duration.ofHours(1);

  /**
   * Of those that started at one moment the first in line then is the first now: else some would
   * overtake others time and again.
   */
  private static final Comparator<Job> LONGEST =
      Comparator.comparing(Job::waitsSince).thenComparingLong(Job::turn);

  private static final Comparator<Job> NEXT =
      Comparator.comparing((Job job) -> !job.isAskedFor()).thenComparing(LONGEST);

  private final Map<String, Job> jobs = new LinkedHashMap<>();
  private final RandomGenerator random;
  private SchedulerSettings settings;

  /** How often a job was started. */
  private long turns;

  Roster(SchedulerSettings settings, RandomGenerator random) {
    this.settings = settings;
    this.random = random;
  }

  SchedulerSettings settings() {
    return settings;
  }

  void settings(SchedulerSettings other) {
    settings = other;
  }

  Collection<Job> jobs() {
    return jobs.values();
  }

  Optional<Job> find(String base) {
    return Optional.ofNullable(jobs.get(base));
  }

  /** Adds a job. There is none of its id. */
  void add(Job job) {
    if (jobs.putIfAbsent(job.id().base(), job) != null) {
      throw new IllegalStateException("there is a job " + job.id());
    }
  }

  void remove(Job job) {
    jobs.remove(job.id().base(), job);
  }

  private long occupied() {
    return jobs.values().stream().filter(job -> job.phase() != Phase.WAITING).count();
  }

  /**
   * Who is to start now, first in line first.
   *
   * @param others places that others hold who are not in the roster
   */
  List<Job> toStart(Instant now, int others) {
    long free = settings.maxJobs() - others - occupied();
    if (free <= 0) {
      return List.of();
    }
    return jobs.values().stream().filter(job -> job.isReady(now)).sorted(NEXT).limit(free).toList();
  }

  /**
   * Who is to make room: live jobs that ran longest, as many as wait without a place, and at most
   * the churn. When there are fewer places than before, those too many make room, too.
   */
  List<Job> toStop(Instant now, int others) {
    long ready = jobs.values().stream().filter(job -> job.isReady(now)).count();
    long stopping = jobs.values().stream().filter(job -> job.phase() == Phase.STOPPING).count();
    long free = settings.maxJobs() - others - occupied();
    long excess = Math.max(0, -free - stopping);
    long turn = Math.min(settings.maxChurn(), ready - Math.max(0, free) - stopping);
    List<Job> stop = new ArrayList<>(longestRunning(true, Math.max(excess, turn)));
    // One-shot jobs may be nearly done: they make room only where places were taken away.
    stop.addAll(longestRunning(false, excess - stop.size()));
    return stop;
  }

  private List<Job> longestRunning(boolean live, long most) {
    return jobs.values().stream()
        .filter(job -> job.phase() == Phase.RUNNING && job.spec().live() == live)
        .sorted(LONGEST)
        .limit(Math.max(0, most))
        .toList();
  }

  /** Whether a job waits for nothing but a place. */
  boolean isCrowded(Instant now, int others) {
    return jobs.values().stream().anyMatch(job -> job.isReady(now))
        || settings.maxJobs() - others < occupied();
  }

  /** When the next job that waits for its time may start. */
  Optional<Instant> nextReady(Instant now) {
    return jobs.values().stream()
        .filter(job -> job.phase() == Phase.WAITING && !job.isBlocked() && !job.isReady(now))
        .map(Job::readyAt)
        .min(Comparator.naturalOrder());
  }

  void started(Job job, Optional<Replication> replication, Instant now) {
    job.runs(replication);
    job.takesTurn(++turns);
    job.remember(JobEvent.of(Type.STARTED, now), settings.maxHistory());
  }

  void stopping(Job job) {
    job.stops();
  }

  void stopped(Job job, Instant now) {
    job.waits(now, Duration.ZERO, Duration.ZERO);
    job.remember(JobEvent.of(Type.STOPPED, now), settings.maxHistory());
  }

  /**
   * A job ended before its time.
   *
   * @param lineLost whether a host could not be reached
   * @param ran how long it ran
   */
  void crashed(Job job, String reason, boolean lineLost, Duration ran, Instant now) {
    job.remember(JobEvent.crashed(now, reason, ran), settings.maxHistory());
    int crashes = Math.max(1, job.crashes(settings.healthThreshold()));
    Duration least = LINE_BACK.delay(crashes, random);
    job.waits(now, PENALTY.delay(crashes, random), least);
    if (lineLost) {
      job.losesLine();
    }
  }

  /**
   * A peer wants to be left alone by a job that crashed. It may want that of a thousand jobs, so
   * they do not come back all at once.
   */
  void throttled(Job job, Duration asked, Instant now) {
    Duration believed = asked.compareTo(LONGEST_ASKED) < 0 ? asked : LONGEST_ASKED;
    job.waitsAtLeast(now, believed.plus(LINE_BACK.delay(1, random)));
  }

  /** Those that wait for a line. */
  List<Job> withoutLine() {
    List<Job> found = new ArrayList<>();
    for (Job job : jobs.values()) {
      if (job.phase() == Phase.WAITING && job.hasLostItsLine()) {
        found.add(job);
      }
    }
    return found;
  }
}
