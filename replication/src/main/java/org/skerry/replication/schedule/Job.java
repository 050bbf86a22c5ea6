package org.skerry.replication.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.skerry.replication.Counts;
import org.skerry.replication.Origin;
import org.skerry.replication.Pause;
import org.skerry.replication.Replication;
import org.skerry.replication.ReplicationId;
import org.skerry.replication.ReplicationSpec;
import org.skerry.replication.ReplicationStatus;

/** A replication that a document asks for. Guarded by the lock of whoever keeps the roster. */
final class Job {
  /** What a job does at the moment. */
  enum Phase {
    /** It has no place, and starts when its time has come and there is one. */
    WAITING,
    RUNNING,
    /** It was told to make room, and holds its place until it has. */
    STOPPING
  }

  private final ReplicationId id;
  private final ReplicationSpec spec;
  private final Origin origin;
  private final Instant addedAt;

  private Phase phase = Phase.WAITING;
  private JobHistory history;
  private Pause untilReady;

  /** Before its end it does not start, even if its line is back. */
  private Pause penalty;

  private boolean askedFor;
  private boolean lineLost;
  private boolean blocked;
  private Optional<Replication> current = Optional.empty();
  private Optional<ReplicationStatus> earlier = Optional.empty();

  /** What earlier runs did. */
  private Counts before = Counts.NONE;

  private long turn;

  /** When it began to run, by a clock that nobody sets. */
  private long begun;

  /** Since when the target lacked something when the last run ended. */
  private Optional<Instant> lagging = Optional.empty();

  Job(ReplicationId id, ReplicationSpec spec, Origin origin, Instant now) {
    this.id = id;
    this.spec = spec;
    this.origin = origin;
    this.addedAt = now;
    this.history = JobHistory.added(now);
    this.untilReady = Pause.of(now, Duration.ZERO);
    this.penalty = untilReady;
  }

  ReplicationId id() {
    return id;
  }

  ReplicationSpec spec() {
    return spec;
  }

  Origin origin() {
    return origin;
  }

  Instant addedAt() {
    return addedAt;
  }

  Phase phase() {
    return phase;
  }

  JobHistory history() {
    return history;
  }

  Instant readyAt() {
    return untilReady.until();
  }

  /** Whether somebody wants it to run next. */
  boolean isAskedFor() {
    return askedFor;
  }

  /** Whether it waits because a host could not be reached. */
  boolean hasLostItsLine() {
    return lineLost;
  }

  /** Whether the same replication runs for somebody else, whose end is to be awaited. */
  boolean isBlocked() {
    return blocked;
  }

  void blocked(boolean now) {
    blocked = now;
  }

  boolean isReady(Instant now) {
    return phase == Phase.WAITING && !blocked && untilReady.isOver(now);
  }

  /** Its place in line: the number of its last start among all starts; 0 before the first. */
  long turn() {
    return turn;
  }

  void takesTurn(long number) {
    turn = number;
  }

  /** When it last ran, or was added: who waited longest is next. */
  Instant waitsSince() {
    return history.lastStarted().orElse(Instant.MIN);
  }

  /** What runs for it at the moment. */
  Optional<Replication> current() {
    return current;
  }

  /** How it went: the current run, or else the last one. */
  Optional<ReplicationStatus> status() {
    return current.map(run -> run.status().after(before, lagging)).or(() -> earlier);
  }

  void remember(JobEvent event, int most) {
    history = history.with(event, most);
  }

  void runs(Optional<Replication> replication) {
    phase = Phase.RUNNING;
    askedFor = false;
    lineLost = false;
    current = replication;
  }

  /** When it began to run, in the scheduler's ticks. */
  long runsFrom() {
    return begun;
  }

  void runsFrom(long ticks) {
    begun = ticks;
  }

  void stops() {
    phase = Phase.STOPPING;
  }

  /**
   * It has left its place, and may have another one after a time.
   *
   * @param least of it, even if its line is back
   */
  void waits(Instant now, Duration time, Duration least) {
    earlier = status();
    before = earlier.map(ReplicationStatus::counts).orElse(before);
    lagging = earlier.map(ReplicationStatus::behindSince).orElse(lagging);
    current = Optional.empty();
    phase = Phase.WAITING;
    untilReady = Pause.of(now, time);
    penalty = Pause.of(now, least);
  }

  /** It may not have a place before, even if its line is back. */
  void waitsAtLeast(Instant now, Duration time) {
    if (untilReady.left(now).compareTo(time) < 0) {
      untilReady = Pause.of(now, time);
    }
    if (penalty.left(now).compareTo(time) < 0) {
      penalty = Pause.of(now, time);
    }
  }

  void losesLine() {
    lineLost = true;
  }

  /** Its line is back: it need not wait any longer, unless it crashed just now. */
  void lineIsBack(Instant now) {
    lineLost = false;
    Duration left = penalty.left(now);
    if (left.compareTo(untilReady.left(now)) < 0) {
      untilReady = Pause.of(now, left);
    }
  }

  /** Somebody wants it now. */
  void asked(Instant now) {
    askedFor = true;
    untilReady = Pause.of(now, Duration.ZERO);
  }

  int crashes(Duration threshold) {
    return history.crashes(threshold);
  }
}
