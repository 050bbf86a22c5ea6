package org.skerry.exchange;

import java.time.Duration;
import java.util.Optional;
import org.skerry.changes.Wake;
import org.skerry.database.Database;
import org.skerry.store.DatabaseGoneException;
import org.skerry.store.Seq;
import org.skerry.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a partner's push run when something changed here, in a thread of its own: it waits on the
 * database's feed, and a moment more, so that what is written together goes together.
 */
final class ChangeWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ChangeWatch.class);
  private static final Duration LONG = Duration.ofDays(1);
  private static final Duration TOGETHER = Duration.ofMillis(300);

  private final Partner partner;
  private final Exchanges exchanges;
  private final Runnable push;
  private final Thread thread;

  ChangeWatch(Partner partner, Exchanges exchanges, Runnable push) {
    this.partner = partner;
    this.exchanges = exchanges;
    this.push = push;
    this.thread = Thread.ofVirtual().name("changes for " + partner.name()).unstarted(this::loop);
  }

  void start() {
    thread.start();
  }

  private void loop() {
    try {
      while (true) {
        exchanges.awaitDatabase(partner.database());
        follow();
      }
    } catch (InterruptedException e) {
      LOG.debug("changes are watched no more for {}", partner.name());
    }
  }

  /** Until the database is gone. */
  private void follow() throws InterruptedException {
    Optional<Database> database = exchanges.surroundings().databases().find(partner.database());
    if (database.isEmpty()) {
      return;
    }
    try {
      while (true) {
        Seq seen = database.get().store().now();
        push.run();
        if (database.get().changes().await(seen, LONG) == Wake.CLOSED) {
          return;
        }
        Thread.sleep(TOGETHER);
      }
    } catch (DatabaseGoneException e) {
      LOG.debug("database {} is gone", partner.database());
    } catch (StoreException e) {
      LOG.warn("changes of {} cannot be watched: {}", partner.database(), e.getMessage());
      Thread.sleep(LONG);
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
