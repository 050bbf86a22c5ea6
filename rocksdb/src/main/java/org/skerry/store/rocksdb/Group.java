package org.skerry.store.rocksdb;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.skerry.store.DatabaseGoneException;

/** What a group of turns writes: one batch, all or nothing. Used by the writer's thread alone. */
final class Group implements AutoCloseable {
  private final Tables tables;
  private final WriteBatch batch = new WriteBatch();
  private final Map<Shelf, ShelfDraft> drafts = new LinkedHashMap<>();
  private final Set<Shelf> dropped = new HashSet<>();
  private final List<Runnable> afterwards = new ArrayList<>();

  Group(Tables tables, LogCheck.Before before) {
    this.tables = tables;
    try {
      batch.putLogData(LogCheck.mark(before));
    } catch (RocksDBException e) {
      throw Faults.writing(e);
    }
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
    try {
      batch.put(tables.handle(family), key, value);
    } catch (RocksDBException e) {
      throw Faults.writing(e);
    }
  }

  void delete(Family family, byte[] key) {
    try {
      batch.delete(tables.handle(family), key);
    } catch (RocksDBException e) {
      throw Faults.writing(e);
    }
  }

  /** Deletes a key that was put exactly once: key and deletion vanish together, early. */
  void deleteOnlyPut(Family family, byte[] key) {
    try {
      batch.singleDelete(tables.handle(family), key);
    } catch (RocksDBException e) {
      throw Faults.writing(e);
    }
  }

  void deleteRange(Family family, byte[] from, byte[] to) {
    try {
      batch.deleteRange(tables.handle(family), from, to);
    } catch (RocksDBException e) {
      throw Faults.writing(e);
    }
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
    boolean anything = batch.count() > 0;
    if (anything) {
      tables.write(batch, durable);
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
