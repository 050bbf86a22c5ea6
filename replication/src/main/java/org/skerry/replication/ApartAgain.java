package org.skerry.replication;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import org.skerry.replication.peer.Peer;
import org.skerry.replication.peer.Refusal;

/**
 * Sends what is set apart again while a live session goes on: one document at a time, since each
 * may take minutes before it fails, and a round of all of them now and then. The reading thread's.
 */
final class ApartAgain {
  private final Peer source;
  private final Peer target;
  private final Progress progress;

  /** What is left of this round. */
  private final Deque<Refusal> round = new ArrayDeque<>();

  /** When the last one was sent. */
  private Instant sent = Instant.EPOCH;

  /** For one session. */
  ApartAgain(Peer source, Peer target, Progress progress) {
    this.source = source;
    this.target = target;
    this.progress = progress;
  }

  /**
   * There is time for one. A round begins some minutes after the end of the one before.
   *
   * @return whether one was sent
   */
  boolean next(InstantSource clock) {
    if (round.isEmpty() && isRested(clock)) {
      progress.refusals().stream().filter(Refusal::isFailing).forEach(round::add);
    }
    if (round.isEmpty()) {
      return false;
    }
    if (!RefusedAgain.sendFailing(source, target, progress, round.remove())) {
      round.clear();
    }
    sent = clock.instant();
    return true;
  }

  /** There is no time, but for one in some minutes. */
  boolean nextOfMany(InstantSource clock) {
    return isRested(clock) && next(clock);
  }

  private boolean isRested(InstantSource clock) {
    return Pause.of(sent, Tuning.LONG_IDLE_CHECK).isOver(clock.instant());
  }
}
