package org.skerry.http.couch;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.skerry.database.Database;
import org.skerry.store.DatabaseGoneException;
import org.skerry.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JsonGenerator;

/**
 * Compactions that run, one a database at a time: those that clients asked for, each on a virtual
 * thread of its own, and those of the {@link CompactionDaemon}.
 */
final class Compactions {
  private static final Logger LOG = LoggerFactory.getLogger(Compactions.class);
  private static final long PERCENT = 100;

  private final ActiveTasks tasks;
  private final Set<Database> running = ConcurrentHashMap.newKeySet();

  Compactions(ActiveTasks tasks) {
    this.tasks = tasks;
  }

  boolean isRunning(Database database) {
    return running.contains(database);
  }

  /** Compacts in the caller's thread, unless a compaction runs. */
  void run(Database database) {
    if (running.add(database)) {
      compact(database);
    }
  }

  /** Begins a compaction, unless one runs. */
  void start(Database database) {
    if (running.add(database)) {
      Thread.ofVirtual().name("compaction of " + database.name()).start(() -> compact(database));
    }
  }

  private void compact(Database database) {
    AtomicLong done = new AtomicLong();
    AtomicLong total = new AtomicLong();
    AtomicBoolean cancelled = new AtomicBoolean();
    try (ActiveTasks.Running task =
        tasks.start(
            "database_compaction",
            database.name(),
            out -> write(out, done.get(), total.get()),
            () -> cancelled.set(true))) {
      database
          .store()
          .compact(
              (now, all) -> {
                done.set(now);
                total.set(all);
                return !cancelled.get();
              });
    } catch (DatabaseGoneException e) {
      LOG.debug("{} was deleted while it was compacted", database.name());
    } catch (StoreException e) {
      LOG.warn("compaction of {} ended early: {}", database.name(), e.getMessage(), e);
    } finally {
      running.remove(database);
    }
  }

  private static void write(JsonGenerator out, long done, long total) {
    out.writeStringProperty("phase", "docs");
    out.writeNumberProperty("changes_done", done);
    out.writeNumberProperty("total_changes", total);
    out.writeNumberProperty("progress", total == 0 ? 0 : done * PERCENT / total);
  }
}
