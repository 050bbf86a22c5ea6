package org.skerry.atom;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.skerry.database.Database;
import org.skerry.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One category's feed while the node runs. Any thread may call. */
final class Feed {
  private static final Logger LOG = LoggerFactory.getLogger(Feed.class);

  /** How long a reader waits for what changed; the rest is numbered behind its back. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private static final Duration LONG = Duration.ofHours(1);

  private final EventLog log;
  private final Numbering numbering;

  /** The thread that goes on where a reader's patience ended; none most of the time. */
  private final AtomicReference<Optional<Thread>> behind = new AtomicReference<>(Optional.empty());

  /** Volatile: set by whoever closes. */
  private volatile boolean closed;

  Feed(EventLog log, Numbering numbering) {
    this.log = log;
    this.numbering = numbering;
  }

  EventLog log() {
    return log;
  }

  /** Tells of what changed. What cannot be told now is told later: readers see what there is. */
  void catchUp(FeedDefinition definition, Database database) {
    try {
      if (!numbering.catchUp(definition, database, PATIENCE)) {
        goOn(definition, database);
      }
    } catch (StoreException e) {
      LOG.warn(
          "feed {} does not tell of the newest changes: {}", definition.category(), e.getMessage());
    }
  }

  private void goOn(FeedDefinition definition, Database database) {
    Thread thread =
        Thread.ofVirtual()
            .name("feed " + definition.category())
            .unstarted(() -> numberAll(definition, database));
    if (!closed && behind.compareAndSet(Optional.empty(), Optional.of(thread))) {
      thread.start();
    }
  }

  private void numberAll(FeedDefinition definition, Database database) {
    try {
      numbering.catchUp(definition, database, LONG);
    } catch (StoreException e) {
      LOG.warn("feed {} is not complete: {}", definition.category(), e.getMessage());
    } finally {
      behind.set(Optional.empty());
    }
  }

  /** A page's events, oldest first; nothing when there is no such page. */
  Optional<List<Event>> page(long page) {
    return page <= log.lastPage() ? Optional.of(log.page(page)) : Optional.empty();
  }

  /** Numbers no more, and waits until it does not. */
  void close() {
    closed = true;
    behind
        .get()
        .ifPresent(
            thread -> {
              thread.interrupt();
              try {
                thread.join();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
  }
}
