package org.skerry.http.couch;

import java.time.Duration;
import java.util.Map;
import java.util.WeakHashMap;
import org.skerry.database.Database;
import org.skerry.database.Databases;
import org.skerry.store.DocumentStore;
import org.skerry.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compacts databases by itself, one at a time. Now and then it looks at those that were used since
 * the node was started: the others did not change.
 */
final class CompactionDaemon implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CompactionDaemon.class);

  private final Databases databases;
  private final Compactions compactions;
  private final CompactionRule rule;
  private final Duration pause;

  /** What each database's last compaction left; touched by the daemon's thread alone. */
  private final Map<Database, Long> kept = new WeakHashMap<>();

  private final Thread thread;

  CompactionDaemon(
      Databases databases, Compactions compactions, CompactionRule rule, Duration pause) {
    this.databases = databases;
    this.compactions = compactions;
    this.rule = rule;
    this.pause = pause;
    this.thread = Thread.ofVirtual().name("compaction daemon").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  private void run() {
    try {
      while (true) {
        Thread.sleep(pause);
        look();
      }
    } catch (InterruptedException e) {
      LOG.debug("compacts no more by itself");
    }
  }

  /** Looks at all databases once. */
  void look() {
    for (Database database : databases.opened()) {
      if (Thread.currentThread().isInterrupted()) {
        return;
      }
      try {
        look(database);
      } catch (StoreException e) {
        LOG.debug("{} cannot be looked at: {}", database.name(), e.getMessage());
      }
    }
  }

  private void look(Database database) {
    DocumentStore store = database.store();
    if (rule.wants(store.sizes(), store.totals(), kept.getOrDefault(database, 0L))) {
      LOG.info("compacting {} by itself", database.name());
      compactions.run(database);
      kept.put(database, store.sizes().superseded());
    }
  }

  /** Ends; a compaction under way goes on until it meets the closed store. */
  @Override
  public void close() {
    thread.interrupt();
  }
}
