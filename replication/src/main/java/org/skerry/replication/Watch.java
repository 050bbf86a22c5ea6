package org.skerry.replication;

import java.time.Instant;
import java.util.Optional;
import org.skerry.replication.peer.Endpoint;

/**
 * Looks, beside the pages, after what no page tells: whether the ends are still those that were
 * met, and what has become of the documents that were refused or set apart. The reading thread's.
 */
final class Watch {
  private final Assignment assignment;
  private final Checkpointer checkpointer;
  private final Optional<FilterFunction> filter;
  private final ApartAgain apart;

  /** When the target was last asked whether it is still the one that was met. */
  private Instant targetSeen;

  /** When it was last asked for what it refused, and for its checkpoint. */
  private Instant refusedSeen;

  /** The beginning: both ends have just been met. */
  Watch(
      Assignment assignment,
      Checkpointer checkpointer,
      Optional<FilterFunction> filter,
      ApartAgain apart,
      Instant now) {
    this.assignment = assignment;
    this.checkpointer = checkpointer;
    this.filter = filter;
    this.apart = apart;
    this.targetSeen = now;
    this.refusedSeen = now;
  }

  /**
   * There is nothing to do. Then no checkpoint notices either that the target was created anew, and
   * the new one would stay empty until somebody changes something. A database of this node is asked
   * each time, which costs nothing; another one when some time has passed.
   */
  void idle() {
    filter.ifPresent(FilterFunction::check);
    Instant now = assignment.surroundings().clock().instant();
    if (assignment.spec().target() instanceof Endpoint.Local
        || Pause.of(targetSeen, Tuning.IDLE_CHECK).isOver(now)) {
      targetSeen = now;
      checkpointer.checkInstance();
    }
    if (Pause.of(refusedSeen, Tuning.LONG_IDLE_CHECK).isOver(now)) {
      refusedSeen = now;
      checkpointer.checkKept();
      RefusedBefore.forget(assignment.target(), assignment.progress());
      assignment.keepRefusals().run();
    }
    if (apart.next()) {
      assignment.keepRefusals().run();
    }
  }

  /** Changes come all the time. What is set apart has its turn all the same, now and then. */
  void busy() {
    if (apart.nextOfMany()) {
      assignment.keepRefusals().run();
    }
  }
}
