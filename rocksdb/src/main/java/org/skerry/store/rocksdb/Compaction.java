package org.skerry.store.rocksdb;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.rocksdb.CompactRangeOptions;
import org.skerry.store.CompactionListener;

/**
 * Removes what nobody can ask for with right. Steps:
 *
 * <ol>
 *   <li>the list of superseded bodies is read page by page; in the writer's thread, against the
 *       document as it is at that moment, each body is removed unless it is the common ancestor of
 *       an open conflict: then it stays on the list;
 *   <li>purges beyond their limit are forgotten;
 *   <li>uploads without end and blobs without use are swept;
 *   <li>RocksDB rewrites the files of the database without what was deleted.
 * </ol>
 *
 * <p>Its cost follows what changed since the last time, except for the rewriting. It may end
 * anywhere: what was done is done, and the list says what is left.
 */
final class Compaction {
  /** Small, because writers wait for one page. */
  private static final int PAGE = 200;

  private final Cabinet cabinet;
  private final RocksPurges purges;
  private final BlobSweep sweep;

  /** One compaction of a database at a time. */
  private final ReentrantLock lock = new ReentrantLock();

  Compaction(Cabinet cabinet, RocksPurges purges, Blobs blobs) {
    this.cabinet = cabinet;
    this.purges = purges;
    this.sweep = new BlobSweep(cabinet, blobs);
  }

  private record Entry(long seq, Superseded superseded) {}

  void run(CompactionListener listener) {
    lock.lock();
    try {
      long total = cabinet.shelf().ledger().superseded();
      if (listener.progress(0, total) && removeBodies(listener, total)) {
        purges.forgetBeyondLimit();
        sweep.run();
        rewrite(listener, total);
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean removeBodies(CompactionListener listener, long total) {
    long end = cabinet.shelf().ledger().seq();
    long from = 0;
    long done = 0;
    while (true) {
      List<Entry> page = page(from, end);
      if (page.isEmpty()) {
        return true;
      }
      cabinet.writer().write(group -> remove(group, page));
      from = page.getLast().seq() + 1;
      done = Math.min(total, done + page.size());
      if (!listener.progress(done, total)) {
        return false;
      }
    }
  }

  private List<Entry> page(long from, long end) {
    List<Entry> page = new ArrayList<>(PAGE);
    try (Cursor entries = cabinet.tables().cursor(Family.SUPERSEDED, cabinet.tables().latest())) {
      entries.seek(Keys.sequence(cabinet.number(), from));
      long seq = entries.sequenceIn(cabinet.number());
      while (page.size() < PAGE && seq >= 0 && seq <= end) {
        page.add(new Entry(seq, Superseded.decode(entries.value())));
        entries.next();
        seq = entries.sequenceIn(cabinet.number());
      }
    }
    return page;
  }

  private int remove(Group group, List<Entry> page) {
    ShelfDraft draft = group.on(cabinet.shelf());
    BodyRemoval removal = new BodyRemoval(draft);
    int removed = 0;
    for (Entry entry : page) {
      Superseded superseded = entry.superseded();
      if (draft.document(superseded.id()).needs(superseded.rev())) {
        continue;
      }
      removal.remove(entry.seq(), superseded);
      removed++;
    }
    return removed;
  }

  private void rewrite(CompactionListener listener, long total) {
    Chores.run(cabinet.tables()::flush);
    for (Family family : Family.values()) {
      try (CompactRangeOptions options = new CompactRangeOptions()) {
        Chores.run(
            () -> cabinet.tables().compact(family, cabinet.number(), options),
            () -> {
              if (!listener.progress(total, total)) {
                options.setCanceled(true);
              }
            });
      }
      if (!listener.progress(total, total)) {
        return;
      }
    }
  }
}
