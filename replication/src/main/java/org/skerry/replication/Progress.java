package org.skerry.replication;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.skerry.document.DocId;
import org.skerry.replication.peer.Refusal;

/** Counts as a replication works. The threads of its stages write, anybody reads. */
final class Progress {
  private final LongAdder checked = new LongAdder();
  private final LongAdder found = new LongAdder();
  private final LongAdder read = new LongAdder();
  private final LongAdder written = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private final LongAdder bulkAsked = new LongAdder();
  private final LongAdder bulkGiven = new LongAdder();

  /** By id and revision; a document refused again after a break is still one. Guarded by itself. */
  private final Map<List<String>, Refusal> refused = new LinkedHashMap<>();

  /**
   * What was refused before everything was read anew: counted and said already. Guarded by the
   * refusals.
   */
  private final Set<List<String>> earlier = new HashSet<>();

  private final Deque<Refusal> fresh = new ArrayDeque<>();

  /** Guarded by the refusals. */
  private boolean changed;

  private final Failing failing;

  private final Lag lag = new Lag();

  /**
   * The beginning of a replication.
   *
   * @param failing over what its ends failed before
   */
  Progress(Failing failing) {
    this.failing = failing;
  }

  /** Over what its ends fail. */
  Failing failing() {
    return failing;
  }

  /** How far the target is behind. */
  Lag lag() {
    return lag;
  }

  void checked(int revisions) {
    checked.add(revisions);
  }

  void found(int revisions) {
    found.add(revisions);
  }

  void read() {
    read.increment();
  }

  void readInBulk(int asked, int given) {
    bulkAsked.add(asked);
    bulkGiven.add(given);
  }

  void written(int documents) {
    written.add(documents);
  }

  /** Takes up what an earlier process knew; it was counted and said there. */
  void restore(List<Refusal> known) {
    synchronized (refused) {
      known.forEach(one -> refused.putIfAbsent(List.of(one.id(), one.rev()), one));
    }
  }

  /**
   * The ends remember nothing of each other, one of them perhaps being another database of the same
   * name: everything is read anew, and what is refused still is refused again. What is not was the
   * other one's.
   */
  void beginsAnew() {
    synchronized (refused) {
      if (!refused.isEmpty()) {
        changed = true;
        earlier.clear();
        earlier.addAll(refused.keySet());
        refused.clear();
      }
    }
  }

  /** What is refused, if that is something else than at the last call. */
  Optional<List<Refusal>> takeChanged() {
    synchronized (refused) {
      boolean was = changed;
      changed = false;
      return was ? Optional.of(List.copyOf(refused.values())) : Optional.empty();
    }
  }

  /** What was taken is not kept: the next call gives it again. */
  void notKept() {
    synchronized (refused) {
      changed = true;
    }
  }

  void refused(Refusal refusal) {
    synchronized (refused) {
      changed = true;
      List<String> key = List.of(refusal.id(), refusal.rev());
      boolean there = refused.containsKey(key);
      boolean known = there || earlier.contains(key);
      int most = refusal.isFailing() ? 2 * Tuning.REFUSALS : Tuning.REFUSALS;
      if (there || refused.size() < most) {
        refused.put(key, refusal);
      }
      if (!known) {
        failures.increment();
        if (fresh.size() < Tuning.REFUSALS) {
          fresh.add(refusal);
        }
      }
    }
  }

  /** Whether a document is set apart because an end fails over it. */
  boolean isFailing(String id) {
    return refusals().stream().anyMatch(one -> one.id().equals(id) && one.isFailing());
  }

  /**
   * Sets documents apart over which an end fails: others go on, and a checkpoint passes them. Only
   * what is remembered is tried again, so there has to be room for all of them.
   *
   * @return whether there was; otherwise nothing was done
   */
  boolean setApart(List<Refusal> those) {
    synchronized (refused) {
      long apart =
          Stream.concat(those.stream(), refused.values().stream().filter(Refusal::isFailing))
              .map(Refusal::id)
              .distinct()
              .count();
      long added =
          those.stream().filter(one -> !refused.containsKey(List.of(one.id(), one.rev()))).count();
      boolean room = apart <= Tuning.MOST_FAILING && refused.size() + added <= 2 * Tuning.REFUSALS;
      if (room) {
        those.forEach(this::refused);
      }
      return room;
    }
  }

  /** Forgets a refusal, because the document went through after all. */
  void accepted(Refusal refusal) {
    synchronized (refused) {
      changed = true;
      refused.remove(List.of(refusal.id(), refusal.rev()));
    }
    failing.forget(DocId.of(refusal.id()));
  }

  /** The documents that were refused, oldest first; the first thousand, and those set apart. */
  List<Refusal> refusals() {
    synchronized (refused) {
      return List.copyOf(refused.values());
    }
  }

  /** Refusals since the last call, the first thousand, so that each is reported once. */
  List<Refusal> takeFresh() {
    synchronized (refused) {
      List<Refusal> taken = List.copyOf(fresh);
      fresh.clear();
      return taken;
    }
  }

  Counts counts() {
    return new Counts(
        checked.sum(),
        found.sum(),
        read.sum(),
        written.sum(),
        failures.sum(),
        bulkAsked.sum(),
        bulkGiven.sum());
  }
}
