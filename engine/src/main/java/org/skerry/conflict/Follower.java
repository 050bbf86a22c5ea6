package org.skerry.conflict;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.skerry.audit.Actor;
import org.skerry.audit.AuditAction;
import org.skerry.audit.AuditEvent;
import org.skerry.audit.AuditLog;
import org.skerry.database.Author;
import org.skerry.database.Database;
import org.skerry.database.WriteResult;
import org.skerry.document.DocId;
import org.skerry.revision.Leaf;
import org.skerry.revision.RevId;
import org.skerry.store.ChangeRange;
import org.skerry.store.DocumentStore;
import org.skerry.store.Fields;
import org.skerry.store.PurgeLog;
import org.skerry.store.Seq;
import org.skerry.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows one database's feed: lists conflicts as they arise, and settles those that the policy can
 * settle. Documents with one leaf, which are nearly all, cost a look at their row of the feed.
 *
 * <p>Any thread may ask it to catch up; one does it at a time.
 */
final class Follower {
  private static final Logger LOG = LoggerFactory.getLogger(Follower.class);
  private static final int PAGE = 2_000;
  private static final int ROWS = 100;
  private static final String HELD = "a settlement was undone: no policy touches it";

  private final Database database;
  private final DocumentStore store;
  private final ConflictIndex index;
  private final Policies policies;
  private final Proposer proposer;
  private final AuditLog audit;
  private final InstantSource clock;
  private final List<SettlementListener> listeners;
  private final BooleanSupplier stopped;
  private final ReentrantLock lock = new ReentrantLock();

  Follower(
      Database database,
      ConflictIndex index,
      Policies policies,
      AuditLog audit,
      InstantSource clock,
      List<SettlementListener> listeners,
      BooleanSupplier stopped) {
    this.database = database;
    this.store = database.store();
    this.index = index;
    this.policies = policies;
    this.proposer = new Proposer(policies);
    this.audit = audit;
    this.clock = clock;
    this.listeners = listeners;
    this.stopped = stopped;
  }

  ConflictIndex index() {
    return index;
  }

  Database database() {
    return database;
  }

  /** Reads everything that changed, until nothing did or it is stopped. */
  void catchUp() {
    lock.lock();
    try {
      follow(stopped, true);
    } finally {
      lock.unlock();
    }
  }

  /**
   * The same for somebody who waits for an answer: no longer than that, and leaving it to the
   * others to look once more at what former rules left open.
   *
   * @return whether everything was read
   */
  boolean catchUp(Duration patience) {
    long start = System.nanoTime();
    try {
      if (!lock.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        return false;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
    try {
      return follow(
          () -> stopped.getAsBoolean() || System.nanoTime() - start > patience.toNanos(), false);
    } finally {
      lock.unlock();
    }
  }

  private boolean follow(BooleanSupplier enough, boolean thorough) {
    ConflictIndex.State state = followPurges(index.state());
    while (!enough.getAsBoolean()) {
      Optional<Policy> policy = policies.of(database).policy();
      Seq before = state.seq();
      state = page(state, policy);
      if (state.seq().equals(before)) {
        if (thorough) {
          review(state, policy);
        }
        return thorough || basis(policy).equals(state.basis());
      }
    }
    return false;
  }

  private ConflictIndex.State followPurges(ConflictIndex.State state) {
    PurgeLog log = store.purges();
    long last = log.last();
    if (last == state.purges()) {
      return state;
    }
    Seq seq = state.seq();
    if (log.remembered() > state.purges()) {
      index.clear();
      seq = Seq.ZERO;
    } else {
      log.read(state.purges(), Integer.MAX_VALUE).forEach(purge -> index.forget(purge.id()));
    }
    ConflictIndex.State followed = new ConflictIndex.State(seq, last, state.basis());
    index.write(followed);
    return followed;
  }

  private ConflictIndex.State page(ConflictIndex.State state, Optional<Policy> policy) {
    List<DocId> branched = new ArrayList<>();
    List<DocId> plain = new ArrayList<>();
    boolean anything = !index.isEmpty();
    Seq end =
        store.changes(
            ChangeRange.after(state.seq(), PAGE),
            Fields.LEAVES,
            document -> {
              if (document.leaves().size() > 1) {
                branched.add(document.id());
              } else if (anything) {
                plain.add(document.id());
              }
              return branched.size() < ROWS;
            });
    if (end.equals(state.seq())) {
      return state;
    }
    plain.forEach(index::remove);
    branched.forEach(id -> attend(id, policy));
    ConflictIndex.State next = new ConflictIndex.State(end, state.purges(), state.basis());
    index.write(next);
    return next;
  }

  private static String basis(Optional<Policy> policy) {
    return Policies.basis(policy.map(Policy::version));
  }

  /** Another policy, or another release's rules, may settle what the last ones could not. */
  private void review(ConflictIndex.State state, Optional<Policy> policy) {
    String basis = basis(policy);
    if (basis.equals(state.basis())) {
      return;
    }
    Optional<byte[]> behind = Optional.empty();
    boolean more = true;
    while (more && !stopped.getAsBoolean()) {
      List<byte[]> keys = new ArrayList<>();
      index.visit(
          IndexKeys.OPEN,
          behind,
          false,
          (key, row) -> {
            keys.add(key);
            return keys.size() < ROWS;
          });
      keys.forEach(key -> attend(IndexKeys.openId(key), policy));
      index.write(state);
      more = keys.size() == ROWS;
      behind = keys.isEmpty() ? Optional.empty() : Optional.of(keys.getLast());
    }
    if (!more) {
      index.write(new ConflictIndex.State(state.seq(), state.purges(), basis));
    }
  }

  /** One that cannot be compared, or settled, is listed, and hides no others. */
  private void attend(DocId id, Optional<Policy> policy) {
    try {
      look(id, policy);
    } catch (StoreException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.warn("the conflict of {} in {} cannot be looked at", id, database.name(), e);
      List<RevId> live = Situation.live(store, id).stream().map(Leaf::rev).toList();
      if (live.size() > 1) {
        index.put(
            listed(id, live, clock.instant(), "the node could not look at it: " + e.getMessage()));
      } else {
        index.remove(id);
      }
    }
  }

  private void look(DocId id, Optional<Policy> policy) {
    Instant now = clock.instant();
    List<Leaf> crowd = Situation.crowd(store, id, Situation.READ_BYTES);
    if (!crowd.isEmpty()) {
      index.put(listed(id, crowd.stream().map(Leaf::rev).toList(), now, Desk.CROWDED));
      return;
    }
    Optional<Situation> found = Situation.load(store, id);
    if (found.isEmpty()) {
      index.remove(id);
      return;
    }
    Situation situation = found.get();
    situation.settled().stream()
        .map(Mark.Settled::into)
        .distinct()
        .filter(into -> index.putSettled(id, into, now))
        .flatMap(into -> SettlementRow.of(situation, into, now).stream())
        .forEach(settlement -> tell(id, one -> one.settled(database, settlement)));
    situation.undone().stream()
        .filter(undoing -> index.putUndone(id, undoing.tombstone(), now))
        .forEach(undoing -> tell(id, one -> one.undone(database, id, undoing)));
    if (!situation.isConflict()) {
      index.remove(id);
      return;
    }
    if (situation.isHeavy()) {
      index.put(listed(id, situation.live(), now, Desk.CROWDED));
      return;
    }
    Proposal proposal = proposer.propose(situation, policy);
    boolean held = situation.isHeld();
    if (held || proposal.by().isEmpty() || !proposal.isComplete()) {
      ConflictRow.State state = held ? ConflictRow.State.HELD : ConflictRow.State.OPEN;
      index.put(row(situation, proposal, now, state, held ? HELD : proposal.reason()));
      return;
    }
    switch (settle(situation, proposal)) {
      case WriteResult.Forbidden refusal ->
          index.put(row(situation, proposal, now, ConflictRow.State.REFUSED, refusal.reason()));
      // What came meanwhile stands in the feed, and is looked at when that is read.
      case WriteResult.Conflict moved -> {}
      case WriteResult.Written written -> index.remove(id);
      case WriteResult.Present present -> index.remove(id);
      case WriteResult.MissingStub stub ->
          throw new IllegalStateException("a settlement has no stubs: " + stub);
    }
  }

  private void tell(DocId id, Consumer<SettlementListener> story) {
    for (SettlementListener listener : listeners) {
      try {
        story.accept(listener);
      } catch (RuntimeException e) {
        LOG.warn("somebody did not hear what became of the conflict of {}", id, e);
      }
    }
  }

  /** One whose versions were not compared. */
  private static ConflictRow listed(DocId id, List<RevId> live, Instant now, String reason) {
    return new ConflictRow(
        id,
        Kinds.of(id),
        now,
        live.stream().limit(Situation.MOST_VERSIONS).map(RevId::toString).toList(),
        List.of(""),
        ConflictRow.State.OPEN,
        reason);
  }

  private static ConflictRow row(
      Situation situation, Proposal proposal, Instant now, ConflictRow.State state, String reason) {
    return new ConflictRow(
        situation.id(),
        Kinds.of(situation.id(), situation.contents().getFirst()),
        now,
        situation.live().stream().map(Object::toString).toList(),
        proposal.open(),
        state,
        reason);
  }

  private WriteResult settle(Situation situation, Proposal proposal) {
    By.Rule by = proposal.by().orElseThrow();
    Draft draft = Draft.ofPolicy(situation, proposal.content(), proposal.decisions(), by);
    WriteResult result = database.settle(draft.settlement(), Author.SYSTEM);
    if (result instanceof WriteResult.Written) {
      audit.record(
          new AuditEvent(AuditAction.CONFLICT_SETTLED_BY_POLICY, Actor.NODE, database.name())
              .with("document", situation.id().text())
              .with("settlement", draft.into().toString())
              .with("policy", by.version().toString())
              .with("rule", by.name())
              .with(
                  "leaves",
                  String.join(" ", situation.live().stream().map(Object::toString).toList())));
    }
    return result;
  }
}
