package org.skerry.replication;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.skerry.document.DocId;
import org.skerry.replication.peer.PeerException;

/**
 * What a session does about documents over which an end fails. Where others went through since they
 * began to, the session ends, and another one begins at its checkpoint. Otherwise nobody knows yet
 * whether it is the documents or the end, and the next documents may stand pages behind: the feed
 * goes on, without a checkpoint, until one of them goes through or there are none.
 *
 * <p>Two stages use it.
 */
final class Settling {
  private final Progress progress;
  private final boolean goesOn;

  /** Guarded by this. */
  private final List<Held> held = new ArrayList<>();

  private record Held(FailingDocuments end, Set<DocId> ids, PeerException why) {
    boolean isFollowed() {
      return end.isFollowed(ids);
    }
  }

  /**
   * For one session.
   *
   * @param goesOn false where what comes behind a document must not come before it
   */
  Settling(Progress progress, boolean goesOn) {
    this.progress = progress;
    this.goesOn = goesOn;
  }

  /**
   * Some documents were tried.
   *
   * @param end the one that takes or gives them
   * @param why for those who wait
   * @throws PeerException where the session ends because of them
   */
  synchronized void settle(FailingDocuments end, Tried tried, Supplier<PeerException> why) {
    Set<DocId> waiting = end.settle(tried, progress);
    if (!waiting.isEmpty()) {
      held.add(new Held(end, waiting, why.get()));
      if (!goesOn || held.stream().mapToInt(one -> one.ids().size()).sum() > Tuning.MOST_FAILING) {
        end();
      }
    }
    if (held.stream().anyMatch(Held::isFollowed)) {
      end();
    }
  }

  /** Whether documents are held that no checkpoint may pass. */
  synchronized boolean holds() {
    return !held.isEmpty();
  }

  /**
   * Nothing comes behind them.
   *
   * @throws PeerException where something is held
   */
  synchronized void end() {
    if (!held.isEmpty()) {
      throw held.getFirst().why();
    }
  }
}
