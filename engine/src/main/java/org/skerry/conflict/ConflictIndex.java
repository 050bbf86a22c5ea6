package org.skerry.conflict;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;
import org.skerry.store.Seq;
import org.skerry.store.ordered.DamagedException;
import org.skerry.store.ordered.OrderedBatch;
import org.skerry.store.ordered.OrderedCursor;
import org.skerry.store.ordered.OrderedSpace;
import org.skerry.store.ordered.OrderedView;

/**
 * What this node knows of a database's conflicts: the open ones by the time at which it first saw
 * each, and the settlements. Derived from the documents; only the times would be lost with it.
 *
 * <p>One thread writes, under its follower's lock; any thread reads.
 */
final class ConflictIndex {
  private static final byte VERSION = 1;

  private final OrderedSpace space;

  /** How many conflicts there are of each kind; guarded by itself. */
  private final Map<String, Long> kinds = new TreeMap<>();

  /** Conflicts whose rows are written with the next batch; the writer's alone. */
  private final Set<DocId> fresh = new HashSet<>();

  private OrderedBatch batch = new OrderedBatch();

  /**
   * How far the index is.
   *
   * @param basis by what its conflicts were looked at; see {@link Policies#basis}
   */
  record State(Seq seq, long purges, String basis) {
    static final State NEW = new State(Seq.ZERO, 0, Policies.basis(Optional.empty()));
  }

  ConflictIndex(OrderedSpace space) {
    this.space = space;
    try (OrderedView view = space.view();
        OrderedCursor cursor = view.cursor()) {
      byte[] prefix = IndexKeys.of(IndexKeys.OPEN);
      boolean more = cursor.seek(prefix);
      while (more && IndexKeys.startsWith(cursor.key(), prefix)) {
        count(ConflictRow.kind(cursor.value()), 1);
        more = cursor.next();
      }
    }
  }

  OrderedSpace space() {
    return space;
  }

  State state() {
    return state(space);
  }

  static State state(OrderedSpace space) {
    Optional<byte[]> stored = space.get(IndexKeys.of(IndexKeys.STATE));
    if (stored.isEmpty()) {
      return State.NEW;
    }
    try {
      ByteBuffer in = ByteBuffer.wrap(stored.get());
      if (in.get() != VERSION) {
        throw new DamagedException("another version of the list", new IllegalStateException());
      }
      long number = in.getLong();
      byte[] position = new byte[in.getInt()];
      in.get(position);
      long purges = in.getLong();
      byte[] basis = new byte[in.remaining()];
      in.get(basis);
      return new State(Seq.of(number, position), purges, new String(basis, StandardCharsets.UTF_8));
    } catch (BufferUnderflowException | NegativeArraySizeException e) {
      throw new DamagedException("the state of the list of conflicts", e);
    }
  }

  /** Notes how far it is now, and writes everything since the last time at once. */
  void write(State state) {
    byte[] position = state.seq().position();
    byte[] basis = state.basis().getBytes(StandardCharsets.UTF_8);
    batch.put(
        IndexKeys.of(IndexKeys.STATE),
        ByteBuffer.allocate(1 + 2 * Long.BYTES + Integer.BYTES + position.length + basis.length)
            .put(VERSION)
            .putLong(state.seq().number())
            .putInt(position.length)
            .put(position)
            .putLong(state.purges())
            .put(basis)
            .array());
    space.write(batch);
    batch = new OrderedBatch();
    fresh.clear();
  }

  /** Forgets everything; with the next {@link #write}. */
  void clear() {
    batch.deleteRange(IndexKeys.of(IndexKeys.PLACE), Optional.empty());
    synchronized (kinds) {
      kinds.clear();
    }
  }

  boolean isEmpty() {
    synchronized (kinds) {
      return kinds.isEmpty();
    }
  }

  /** How many open conflicts there are of each kind. */
  Map<String, Long> kinds() {
    synchronized (kinds) {
      return Collections.unmodifiableMap(new TreeMap<>(kinds));
    }
  }

  private void count(String kind, long by) {
    synchronized (kinds) {
      kinds.merge(kind, by, Long::sum);
      kinds.remove(kind, 0L);
    }
  }

  /** When a conflict was first seen. */
  Optional<Instant> since(DocId id) {
    return space.get(IndexKeys.place(id)).map(IndexKeys::readTime);
  }

  /** An open conflict. */
  Optional<ConflictRow> row(DocId id) {
    return since(id)
        .flatMap(
            time ->
                space.get(IndexKeys.open(time, id)).map(row -> ConflictRow.decode(id, time, row)));
  }

  /** Lists an open conflict; one that is listed keeps its time. A document once a batch. */
  void put(ConflictRow row) {
    if (!fresh.add(row.id())) {
      return;
    }
    Optional<Instant> since = since(row.id());
    since.ifPresent(time -> removeRow(time, row.id()));
    Instant time = since.orElse(row.since());
    batch.put(IndexKeys.place(row.id()), IndexKeys.time(time));
    batch.put(IndexKeys.open(time, row.id()), row.encode());
    count(row.kind(), 1);
  }

  private void removeRow(Instant time, DocId id) {
    byte[] key = IndexKeys.open(time, id);
    space.get(key).ifPresent(row -> count(ConflictRow.kind(row), -1));
    batch.delete(key);
  }

  /** Takes a document off the list of open conflicts, if it is there. */
  void remove(DocId id) {
    if (isEmpty() || !fresh.add(id)) {
      return;
    }
    Optional<Instant> since = since(id);
    if (since.isPresent()) {
      removeRow(since.get(), id);
      batch.delete(IndexKeys.place(id));
    }
  }

  /**
   * Lists a settlement; one that is listed keeps its time.
   *
   * @return whether it was not listed
   */
  boolean putSettled(DocId id, RevId into, Instant seen) {
    byte[] place = IndexKeys.settledPlace(id, into);
    if (space.get(place).isEmpty()) {
      batch.put(place, IndexKeys.time(seen));
      batch.put(IndexKeys.settled(seen, id, into), new byte[0]);
      return true;
    }
    return false;
  }

  /**
   * Notes that an undoing was seen.
   *
   * @return whether it was not noted
   */
  boolean putUndone(DocId id, RevId tombstone, Instant seen) {
    byte[] place = IndexKeys.undone(id, tombstone);
    boolean fresh = space.get(place).isEmpty();
    if (fresh) {
      batch.put(place, IndexKeys.time(seen));
    }
    return fresh;
  }

  /** Takes everything about a purged document off the lists. */
  void forget(DocId id) {
    remove(id);
    forgetUndoings(IndexKeys.undoings(id));
    for (IndexKeys.Settled settled : settlements(id)) {
      batch.delete(IndexKeys.settledPlace(id, settled.into()));
      batch.delete(IndexKeys.settled(settled.seen(), id, settled.into()));
    }
  }

  private void forgetUndoings(byte[] prefix) {
    try (OrderedView view = space.view();
        OrderedCursor cursor = view.cursor()) {
      boolean more = cursor.seek(prefix);
      while (more && IndexKeys.startsWith(cursor.key(), prefix)) {
        batch.delete(cursor.key());
        more = cursor.next();
      }
    }
  }

  /** The settlements of a document, in no order. */
  List<IndexKeys.Settled> settlements(DocId id) {
    List<IndexKeys.Settled> found = new ArrayList<>();
    byte[] prefix = IndexKeys.settledPlaces(id);
    try (OrderedView view = space.view();
        OrderedCursor cursor = view.cursor()) {
      boolean more = cursor.seek(prefix);
      while (more && IndexKeys.startsWith(cursor.key(), prefix)) {
        Instant seen = IndexKeys.readTime(cursor.value());
        IndexKeys.intoIn(cursor.key(), prefix.length)
            .ifPresent(into -> found.add(new IndexKeys.Settled(id, into, seen)));
        more = cursor.next();
      }
    }
    return found;
  }

  /** Takes entries of one kind, each with its key. */
  @FunctionalInterface
  interface Visitor {
    /** One entry. Returns whether to go on. */
    boolean visit(byte[] key, byte[] value);
  }

  /** Visits one kind of entries in their order, or backwards, behind a key. */
  void visit(byte kind, Optional<byte[]> behind, boolean descending, Visitor visitor) {
    byte[] prefix = IndexKeys.of(kind);
    try (OrderedView view = space.view();
        OrderedCursor cursor = view.cursor()) {
      byte[] start = behind.orElse(descending ? IndexKeys.of((byte) (kind + 1)) : prefix);
      boolean more = descending ? cursor.seekBack(start) : cursor.seek(start);
      boolean atStart = more && java.util.Arrays.equals(cursor.key(), start);
      if (atStart && behind.isPresent()) {
        more = descending ? cursor.previous() : cursor.next();
      } else if (more && descending && cursor.key()[0] > kind) {
        more = cursor.previous();
      }
      while (more
          && IndexKeys.startsWith(cursor.key(), prefix)
          && visitor.visit(cursor.key(), cursor.value())) {
        more = descending ? cursor.previous() : cursor.next();
      }
    }
  }
}
