package org.skerry.store.rocksdb;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.skerry.store.DatabaseGoneException;

/** What a group of turns writes: one batch, all or nothing. Used by the writer's thread alone. */
final class Group implements AutoCloseable {
  private final Tables tables;
  private final Batch batch;
  private final Map<Shelf, ShelfDraft> drafts = new LinkedHashMap<>();
  private final Set<Shelf> dropped = new HashSet<>();
  private final List<Runnable> afterwards = new ArrayList<>();

  /**
   * A group that puts nothing yet.
   *
   * @param batch the group's until it is closed
   */
  Group(Tables tables, Batch batch, LogCheck.Before before) {
    this.tables = tables;
    this.batch = batch;
    batch.begin(LogCheck.mark(before));
  }

  Tables tables() {
    return tables;
  }

  /** The database as the turns before left it. */
  ShelfDraft on(Shelf shelf) {
    shelf.check();
    if (dropped.contains(shelf)) {
      throw new DatabaseGoneException(shelf.name());
    }
    return drafts.computeIfAbsent(shelf, key -> new ShelfDraft(this, key));
  }

  /** Removes all of a database, what earlier turns of this group put included. */
  void drop(Shelf shelf) {
    drafts.remove(shelf);
    dropped.add(shelf);
    for (Family family : Family.values()) {
      deleteRange(family, Keys.database(shelf.number()), Keys.database(shelf.number() + 1));
    }
  }

  void put(Family family, byte[] key, byte[] value) {
    batch.put(family, key, value);
  }

  void delete(Family family, byte[] key) {
    batch.delete(family, key);
  }

  /** Deletes a key that was put exactly once: key and deletion vanish together, early. */
  void deleteOnlyPut(Family family, byte[] key) {
    batch.singleDelete(family, key);
  }

  void deleteRange(Family family, byte[] from, byte[] to) {
    batch.deleteRange(family, from, to);
  }

  /**
   * Has something done by the writer's thread as soon as the group is written, before anybody is
   * answered and before the next group decides. It is not done when the group fails.
   */
  void afterwards(Runnable action) {
    afterwards.add(action);
  }

  /** Puts what the turns have in common, once all have decided. */
  void emit() {
    drafts.values().forEach(ShelfDraft::emit);
  }

  /** Writes everything that was put. Returns whether there was anything. */
  boolean write(boolean durable) {
    boolean anything = !batch.isEmpty();
    if (anything) {
      batch.write(durable);
    }
    return anything;
  }

  /** Makes known what was written. */
  void publish() {
    drafts.forEach(
        (shelf, draft) -> {
          shelf.publish(draft.ledger());
          if (draft.subsets().kept()) {
            shelf.keepsSubsets(true);
          }
          if (draft.subsets().begins()) {
            shelf.subsetsBegan();
          }
        });
    dropped.forEach(Shelf::drop);
    afterwards.forEach(Runnable::run);
    // Whoever reads an end from here on sees the rows.
    drafts.forEach((shelf, draft) -> shelf.feedEnds().forget(draft.subsets().advanced()));
  }

  /** Tells those who wait for changes, before the writers are answered: a feed is first to know. */
  void wake() {
    drafts.forEach(
        (shelf, draft) -> {
          if (draft.advanced()) {
            shelf.wake();
          }
          shelf.wake(draft.subsets().advanced());
        });
  }

  @Override
  public void close() {
    batch.close();
  }
}
