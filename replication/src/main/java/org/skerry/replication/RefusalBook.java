package org.skerry.replication;

import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.skerry.replication.peer.Peer;
import org.skerry.replication.peer.PeerException;
import org.skerry.replication.peer.Refusal;
import org.skerry.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a replication does about refused documents besides noting them: keeps them durably, says
 * each once, and sends them again when somebody asks. Any thread.
 */
final class RefusalBook {
  private static final Logger LOG = LoggerFactory.getLogger(RefusalBook.class);

  private final RefusalLog log;
  private final ReplicationId id;
  private final Peer source;
  private final Peer target;
  private final Progress progress;

  /** Held while they are taken and kept. */
  private final Lock keeping = new ReentrantLock();

  /** Of one replication. */
  RefusalBook(RefusalLog log, ReplicationId id, Peer source, Peer target, Progress progress) {
    this.log = log;
    this.id = id;
    this.source = source;
    this.target = target;
    this.progress = progress;
  }

  /** Takes up what an earlier process kept. */
  void open() {
    progress.restore(log.load(id.base()));
  }

  /**
   * Keeps what is refused.
   *
   * @throws PeerException when it cannot be kept, on a full disk for example; a checkpoint would
   *     pass what a restart then has forgotten
   */
  void keep() {
    // What was taken has to be kept before anybody else is told that nothing changed since.
    keeping.lock();
    boolean kept = false;
    try {
      progress
          .takeChanged()
          .ifPresent(refusals -> log.save(id.base(), source.name(), target.name(), refusals));
      kept = true;
    } catch (StoreException e) {
      throw new PeerException(
          PeerException.Kind.FAILING,
          "what is refused cannot be kept at this node, and is not passed: " + e.getMessage(),
          e);
    } finally {
      if (!kept) {
        progress.notKept();
      }
      keeping.unlock();
    }
  }

  /** Refused documents are said once each, with why. */
  void say() {
    for (Refusal refusal : progress.takeFresh()) {
      LOG.warn(
          "replication {}: document {} {} was not written: {}: {}",
          id,
          refusal.id(),
          refusal.rev(),
          refusal.error(),
          refusal.reason());
    }
  }

  /**
   * Sends all of them again, over connections of the caller's own.
   *
   * @return how many the target has taken now
   * @throws PeerException when a peer cannot be reached, or fails over all of them, or over many in
   *     a row; those that were taken stay so
   */
  int retry(Peer from, Peer to) {
    open();
    int taken = 0;
    int answered = 0;
    int failing = 0;
    Optional<PeerException> why = Optional.empty();
    try {
      for (Refusal refusal : progress.refusals()) {
        try {
          taken += RefusedAgain.send(from, to, progress, refusal) ? 1 : 0;
          answered++;
          failing = 0;
        } catch (PeerException e) {
          // Over one of them, perhaps; over many in a row it fails altogether.
          if (e.kind() != PeerException.Kind.FAILING || ++failing > Tuning.MOST_FAILING) {
            throw e;
          }
          why = why.or(() -> Optional.of(e));
        }
      }
    } finally {
      keep();
    }
    if (answered == 0 && why.isPresent()) {
      throw why.get();
    }
    return taken;
  }
}
