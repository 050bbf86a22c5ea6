package org.skerry.database;

import java.time.Duration;
import java.util.Optional;
import org.skerry.changes.Wake;
import org.skerry.store.DatabaseGoneException;
import org.skerry.store.Seq;
import org.skerry.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells somebody what a database says, from when there is one: now, after each change, and when it
 * is gone. Databases by which a node is described are followed so. A node without that database has
 * no thread for it. Any thread may call; the watcher is told one thing at a time, and of a database
 * that was made anew nothing of the one before it.
 */
public final class DatabaseWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseWatch.class);
  private static final Duration LONG = Duration.ofDays(1);

  private final Databases databases;
  private final String name;
  private final Watcher watcher;

  /** Held while the watcher is told something. */
  private final Object telling = new Object();

  /** Guarded by this. */
  private Optional<Thread> follower = Optional.empty();

  /** Guarded by this. */
  private boolean closed;

  /** Who is told. */
  public interface Watcher {
    /** The database is there, or has changed: several changes may be told as one. */
    void look(Database database);

    /** The database is gone, or cannot be read any more. */
    void gone();
  }

  public DatabaseWatch(Databases databases, String name, Watcher watcher) {
    this.databases = databases;
    this.name = name;
    this.watcher = watcher;
  }

  /** Begins: with a database that is there, and with each that is made later. */
  public void start() {
    databases.onCreate(this::created);
    databases.find(name).ifPresent(this::created);
  }

  private synchronized void created(Database database) {
    if (database.name().equals(name) && !closed) {
      Thread thread = Thread.ofVirtual().name("watch of " + name).unstarted(() -> follow(database));
      follower = Optional.of(thread);
      thread.start();
    }
  }

  private void follow(Database database) {
    try {
      Seq now;
      do {
        now = database.store().now();
      } while (tell(() -> watcher.look(database))
          && database.changes().await(now, LONG) != Wake.CLOSED);
    } catch (DatabaseGoneException e) {
      LOG.debug("{} is gone", name);
    } catch (StoreException e) {
      LOG.warn("{} cannot be looked at: {}", name, e.getMessage());
    } catch (InterruptedException e) {
      return;
    }
    tell(watcher::gone);
  }

  /** Returns whether the caller is the one who tells. */
  private boolean tell(Runnable word) {
    synchronized (telling) {
      boolean tells = isFollower(Thread.currentThread());
      if (tells) {
        word.run();
      }
      return tells;
    }
  }

  private synchronized boolean isFollower(Thread thread) {
    return !closed && follower.filter(thread::equals).isPresent();
  }

  /** Tells nothing any more. */
  @Override
  public synchronized void close() {
    closed = true;
    follower.ifPresent(Thread::interrupt);
  }
}
