package org.skerry.replication;

import java.util.Optional;
import org.skerry.replication.peer.Peer;
import org.skerry.replication.peer.PeerException;
import org.skerry.replication.peer.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what is set apart again, behind everything else. Where an end still fails over it, or has
 * other troubles, it stays: whoever goes on with these peers will hear of those.
 */
final class ApartAgain {
  private static final Logger LOG = LoggerFactory.getLogger(ApartAgain.class);

  private final Peer source;
  private final Peer target;
  private final Progress progress;

  /** For one session. */
  ApartAgain(Peer source, Peer target, Progress progress) {
    this.source = source;
    this.target = target;
    this.progress = progress;
  }

  /** There is time for all of them. */
  void all() {
    for (Refusal refusal : progress.refusals()) {
      if (refusal.isFailing()) {
        boolean reached = send(refusal).isPresent();
        if (!reached) {
          return;
        }
      }
    }
  }

  /**
   * There is time for one that fails, and for those before it that go through.
   *
   * @return whether any was sent
   */
  boolean next() {
    Turns turns = progress.failing().turns();
    boolean any = false;
    boolean good = true;
    while (good) {
      Optional<Refusal> next = turns.next(progress.refusals());
      any |= next.isPresent();
      good = next.flatMap(this::send).orElse(false);
      if (next.isPresent()) {
        turns.sent();
      }
    }
    return any;
  }

  /** The same where there is no time, but for one in some minutes. */
  boolean nextOfMany() {
    return progress.failing().turns().isRested() && next();
  }

  /** Returns whether the target has taken it; nothing where the peers cannot be asked for more. */
  private Optional<Boolean> send(Refusal refusal) {
    try {
      return Optional.of(RefusedAgain.send(source, target, progress, refusal));
    } catch (PeerException e) {
      return e.kind() == PeerException.Kind.FAILING ? Optional.of(false) : Optional.empty();
    } catch (RuntimeException | OutOfMemoryError e) {
      // One for which there is no memory, perhaps; nothing else waits for it.
      LOG.warn("document {} {} cannot be sent again", refusal.id(), refusal.rev(), e);
      return Optional.of(false);
    }
  }
}
