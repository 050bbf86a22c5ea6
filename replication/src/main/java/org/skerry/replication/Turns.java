package org.skerry.replication;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.skerry.replication.peer.Refusal;

/**
 * Whose turn it is of what is set apart: each may take minutes before it fails once more, so there
 * is a round of all of them now and then. Lives longer than a session, which may end before the
 * round does. Any thread.
 */
final class Turns {
  private final LongSupplier ticks;

  /** What is left of this round, by id and revision. Guarded by this. */
  private final Deque<List<String>> round = new ArrayDeque<>();

  /** When the last one was sent, in ticks. Guarded by this. */
  private long sent;

  /**
   * A first round may begin at once.
   *
   * @param ticks nanoseconds since some moment
   */
  Turns(LongSupplier ticks) {
    this.ticks = ticks;
    this.sent = ticks.getAsLong() - Tuning.LONG_IDLE_CHECK.toNanos();
  }

  /**
   * The next one. A round begins some minutes after the one before.
   *
   * @param refused what is refused now, for whatever reason
   */
  synchronized Optional<Refusal> next(List<Refusal> refused) {
    if (round.isEmpty() && isRested()) {
      refused.stream().filter(Refusal::isFailing).map(Turns::key).forEach(round::add);
    }
    Optional<Refusal> next = Optional.empty();
    while (next.isEmpty() && !round.isEmpty()) {
      List<String> key = round.remove();
      next = refused.stream().filter(one -> one.isFailing() && key(one).equals(key)).findFirst();
    }
    return next;
  }

  /** One was sent, just now. */
  synchronized void sent() {
    sent = ticks.getAsLong();
  }

  /** Whether none was sent for some minutes. */
  synchronized boolean isRested() {
    return ticks.getAsLong() - sent >= Tuning.LONG_IDLE_CHECK.toNanos();
  }

  /** Whether there is nothing to remember. */
  synchronized boolean isOver() {
    return round.isEmpty() && isRested();
  }

  private static List<String> key(Refusal refusal) {
    return List.of(refusal.id(), refusal.rev());
  }
}
