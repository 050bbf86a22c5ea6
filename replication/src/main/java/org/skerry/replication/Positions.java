package org.skerry.replication;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How far a session has come, and what a checkpoint says of that. The thread that writes moves
 * them; {@link #done} and {@link #recorded} may be asked by any.
 */
final class Positions {
  private final Assignment assignment;
  private final Checkpointer checkpointer;
  private final Optional<FilterFunction> filter;
  private final String start;

  /** Done up to here. Volatile, because status shows it. */
  private volatile String done;

  /** A checkpoint says so up to here. Volatile, because status shows it. */
  private volatile String recorded;

  /** The target made it durable up to here, where no checkpoint says so. */
  private String committed;

  private Instant checkpointed;

  /**
   * The beginning.
   *
   * @param start where both ends remember that everything before it is done
   */
  Positions(
      Assignment assignment,
      Checkpointer checkpointer,
      Optional<FilterFunction> filter,
      String start,
      Instant now) {
    this.assignment = assignment;
    this.checkpointer = checkpointer;
    this.filter = filter;
    this.start = start;
    this.done = start;
    this.recorded = start;
    this.committed = start;
    this.checkpointed = now;
  }

  /** Everything up to a position is at the target, or was refused by it. */
  void reached(String seq) {
    done = seq;
  }

  /** How long the next checkpoint has time. */
  Pause untilCheckpoint() {
    return Pause.of(checkpointed, assignment.spec().checkpointInterval());
  }

  /** Writes a checkpoint if there is something to say and the last one is old enough. */
  void checkpointIfDue() {
    if (untilCheckpoint().isOver(now())) {
      checkpoint();
    }
  }

  /** Writes a checkpoint if there is something to say. */
  void checkpoint() {
    String seq = done;
    checkpointed = now();
    boolean useCheckpoints = assignment.spec().useCheckpoints();
    if (useCheckpoints && !seq.equals(recorded)) {
      filter.ifPresent(FilterFunction::check);
      // First: a checkpoint passes them for good.
      assignment.keepRefusals().run();
      checkpointer.write(seq, assignment.progress().counts());
      recorded = seq;
    } else if (!useCheckpoints && !seq.equals(committed)) {
      // CouchDB leaves this out. What is called replicated is durable here all the same.
      checkpointer.checkInstance();
      committed = seq;
    }
  }

  private Instant now() {
    return assignment.surroundings().clock().instant();
  }

  /** Whether a checkpoint says that anything got through. */
  boolean isRecorded() {
    return !recorded.equals(start);
  }

  /** Whether anything got through. */
  private boolean moved() {
    return !done.equals(start);
  }

  String done() {
    return done;
  }

  String recorded() {
    return recorded;
  }

  /** What the session came to. */
  ReplicationResult result() {
    String own = checkpointer.sessionId();
    Optional<Checkpoint> last = checkpointer.current();
    return new ReplicationResult(
        moved() ? own : last.map(Checkpoint::sessionId).orElse(own),
        done,
        last.map(Checkpoint::history).orElse(List.of()),
        !moved());
  }
}
