package org.skerry.replication;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.skerry.document.DocId;
import org.skerry.replication.peer.Refusal;

/**
 * Documents that a source fails to give, or a target to take, each tried by itself, while others go
 * through. It may be that of the moment (a part of a cluster is down), or for good (what a disk has
 * lost, what a gateway does not let through, a line that never stands for as long as an attachment
 * takes). At first all waits for them, as for a peer that fails altogether. What failed often, and
 * for long, is set apart: it is listed as refused, the others go on, and it is tried again later
 * ({@link ApartAgain}).
 *
 * <p>Lives longer than a replication, which a schedule begins anew after a few failures. Any thread
 * may call.
 */
final class FailingDocuments {
  private final LongSupplier ticks;

  /** Guarded by this. */
  private final Map<DocId, Streak> known = new HashMap<>();

  /** When one went through, in ticks. Guarded by this. */
  private long lastThrough;

  /**
   * How a document failed, without having gone through in between.
   *
   * @param since the first time, in ticks
   */
  private record Streak(long since, int times) {}

  /**
   * None, so far.
   *
   * @param ticks nanoseconds since some moment
   */
  FailingDocuments(LongSupplier ticks) {
    this.ticks = ticks;
    this.lastThrough = ticks.getAsLong() - 1;
  }

  /**
   * Some documents were tried. Those over which the peer failed are set apart where that is
   * lasting, and there is room.
   *
   * @return those for which others have to wait
   */
  Set<DocId> settle(Tried tried, Progress progress) {
    Map<DocId, List<Refusal>> byId =
        tried.failing().stream()
            .collect(
                Collectors.groupingBy(
                    one -> DocId.of(one.id()), LinkedHashMap::new, Collectors.toList()));
    note(tried, byId.keySet());
    Set<DocId> waiting = new HashSet<>();
    byId.forEach(
        (id, revisions) -> {
          boolean lasting = isLasting(id) || progress.isFailing(id.text());
          if (!lasting || !progress.setApart(revisions)) {
            waiting.add(id);
          }
        });
    return waiting;
  }

  private synchronized void note(Tried tried, Set<DocId> failed) {
    long now = ticks.getAsLong();
    for (DocId id : tried.through()) {
      if (!failed.contains(id)) {
        known.remove(id);
        lastThrough = now;
      }
    }
    if (!failed.containsAll(tried.refused())) {
      lastThrough = now;
    }
    for (DocId id : failed) {
      Streak before = known.getOrDefault(id, new Streak(now, 0));
      known.put(id, new Streak(before.since(), before.times() + 1));
    }
  }

  /** Whether others went through since one of those began to fail. */
  synchronized boolean isFollowed(Set<DocId> ids) {
    return ids.stream().anyMatch(id -> known.containsKey(id) && isFollowed(known.get(id)));
  }

  private boolean isFollowed(Streak failing) {
    return lastThrough - failing.since() >= 0;
  }

  /** A document went through after all. */
  synchronized void forget(DocId id) {
    known.remove(id);
  }

  /** It failed often, and for long, and others went through meanwhile: else it may be the peer. */
  private synchronized boolean isLasting(DocId id) {
    Streak failing = known.getOrDefault(id, new Streak(ticks.getAsLong(), 0));
    Duration age = Duration.ofNanos(ticks.getAsLong() - failing.since());
    return failing.times() >= Tuning.FAILING_ATTEMPTS
        && isFollowed(failing)
        && age.compareTo(Tuning.FAILING_TIME) >= 0;
  }

  /** Whether there is nothing to remember. */
  synchronized boolean isEmpty() {
    return known.isEmpty();
  }
}
