package org.skerry.replication;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.skerry.document.DocId;

/**
 * Documents that a source fails to give, each asked for by itself, while it gives the others. It
 * may be that of the moment (a part of a cluster is down), or for good (what its disk has lost). At
 * first all waits for them, as for a source that fails altogether. What failed often, and for long,
 * is set apart: it is listed as refused, the others go on, and it is asked for again later ({@link
 * RefusedAgain#sendFailing}).
 *
 * <p>Lives longer than a replication, which a schedule begins anew after a few failures. Any thread
 * may call.
 */
final class FailingDocuments {
  private final LongSupplier ticks;

  /** Guarded by this. */
  private final Map<DocId, Failing> known = new HashMap<>();

  /** When one was given, in ticks. Guarded by this. */
  private long lastGiven;

  /**
   * How a document failed, without having been given in between.
   *
   * @param since the first time, in ticks
   */
  private record Failing(long since, int times) {}

  /**
   * None, so far.
   *
   * @param ticks nanoseconds since some moment
   */
  FailingDocuments(LongSupplier ticks) {
    this.ticks = ticks;
    this.lastGiven = ticks.getAsLong() - 1;
  }

  /**
   * Some documents were asked for, and all were given, or are not to be had, but for a few.
   *
   * @param asked all of them
   */
  synchronized void read(List<DocId> asked, Set<DocId> failed) {
    long now = ticks.getAsLong();
    for (DocId id : asked) {
      if (!failed.contains(id)) {
        known.remove(id);
        lastGiven = now;
      }
    }
    for (DocId id : failed) {
      Failing before = known.getOrDefault(id, new Failing(now, 0));
      known.put(id, new Failing(before.since(), before.times() + 1));
    }
  }

  /**
   * Whether a document failed so often, and for so long, that others need not wait for it. Some
   * have been given since: else it may be the source that fails, and nobody waits.
   */
  synchronized boolean isLasting(DocId id) {
    Failing failing = known.getOrDefault(id, new Failing(ticks.getAsLong(), 0));
    Duration age = Duration.ofNanos(ticks.getAsLong() - failing.since());
    return failing.times() >= Tuning.FAILING_ATTEMPTS
        && lastGiven - failing.since() >= 0
        && age.compareTo(Tuning.FAILING_TIME) >= 0;
  }

  /** Whether there is nothing to remember. */
  synchronized boolean isEmpty() {
    return known.isEmpty();
  }
}
