package org.skerry.replication.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.skerry.replication.Origin;
import org.skerry.replication.Replication;
import org.skerry.replication.ReplicationId;
import org.skerry.replication.ReplicationStatus;
import org.skerry.replication.schedule.Job.Phase;
import org.skerry.replication.schedule.JobEvent.Type;

/**
 * How a job stands at one moment.
 *
 * @param source how the source is called, without credentials
 * @param target how the target is called, without credentials
 * @param run its current run, or its last one
 * @param history what happened to it, newest first
 * @param errors crashes in a row
 * @param startTime when it was added
 * @param readyAt when it may run again, while it waits
 */
public record JobStatus(
    ReplicationId id,
    Origin origin,
    String source,
    String target,
    JobState state,
    Optional<ReplicationStatus> run,
    List<JobEvent> history,
    int errors,
    Instant startTime,
    Instant readyAt) {

  static JobStatus of(Job job, Duration healthThreshold) {
    boolean crashed = job.history().newest().type() == Type.CRASHED;
    JobState waiting = crashed ? JobState.CRASHING : JobState.PENDING;
    return new JobStatus(
        job.id(),
        job.origin(),
        job.spec().source().name(),
        job.spec().target().name(),
        job.phase() == Phase.WAITING ? waiting : JobState.RUNNING,
        job.status(),
        job.history().events(),
        job.crashes(healthThreshold),
        job.addedAt(),
        job.readyAt());
  }

  /** One that no document asks for; it tries again by itself, so it has no history of runs. */
  static JobStatus ofTransient(ReplicationStatus status) {
    boolean waits = status.state() == Replication.State.BACKING_OFF;
    JobEvent started = JobEvent.of(Type.STARTED, status.startedAt());
    JobEvent added = JobEvent.of(Type.ADDED, status.startedAt());
    List<JobEvent> history =
        waits
            ? List.of(
                JobEvent.crashed(status.since(), status.lastError().orElse(""), Duration.ZERO),
                started,
                added)
            : List.of(started, added);
    return new JobStatus(
        status.id(),
        status.origin(),
        status.source(),
        status.target(),
        waits ? JobState.CRASHING : JobState.RUNNING,
        Optional.of(status),
        history,
        waits ? 1 : 0,
        status.startedAt(),
        status.startedAt());
  }

  /** When something last happened to it. */
  public Instant lastUpdated() {
    return history.getFirst().at();
  }

  /** When it tries again, while it waits for that: jobs that no document asks for do not say. */
  public Optional<Instant> nextRun() {
    return state == JobState.CRASHING && origin.document().isPresent()
        ? Optional.of(readyAt)
        : Optional.empty();
  }

  /** Why it crashed, if that is the last that happened to it. */
  public Optional<String> crash() {
    return history.getFirst().reason();
  }
}
