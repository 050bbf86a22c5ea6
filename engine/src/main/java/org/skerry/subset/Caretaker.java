package org.skerry.subset;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.skerry.database.Database;
import org.skerry.store.DatabaseGoneException;
import org.skerry.store.Registration;
import org.skerry.store.StoreException;
import org.skerry.store.subset.Audience;
import org.skerry.store.subset.Label;
import org.skerry.store.subset.Subsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks after one database's subsets. Any thread may give a hint. */
final class Caretaker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Caretaker.class);

  /** A step's documents: short enough that writers behind it do not notice. */
  private static final int STEP = 200;

  private static final long PAUSE_MILLIS = 5_000;

  private final Database database;
  private final Subsets subsets;
  private final Sites sites;
  private final HeldOfDatabase held;
  private final Replacement replacement;
  private final Meant meant;
  private final Semaphore hints = new Semaphore(0);

  /** Held by whoever works. */
  private final ReentrantLock work = new ReentrantLock();

  /**
   * What was last told to the store. Written under {@link #work}; volatile for whoever asks how far
   * this is.
   */
  private volatile Optional<SiteBook> told = Optional.empty();

  private final Registration advances;

  /** Volatile: set once, by whoever closes. */
  private volatile boolean closed;

  private Caretaker(Database database, Sites sites, HeldOfDatabase held) {
    this.database = database;
    this.held = held;
    this.subsets = database.store().subsets();
    this.sites = sites;
    this.replacement = new Replacement(database);
    this.meant = new Meant(database.store().properties());
    this.advances = database.store().onAdvance(this::written);
    held.attended(this::hint);
  }

  static Caretaker start(Database database, Sites sites, HeldOfDatabase held) {
    Caretaker caretaker = new Caretaker(database, sites, held);
    Thread.ofVirtual().name("subsets of " + database.name()).start(caretaker::run);
    return caretaker;
  }

  /** Mostly nothing has to follow what was written, and nobody is woken for it. */
  private void written() {
    if (subsets.hasBegun()) {
      hint();
    }
  }

  /** Something may have to be done. */
  void hint() {
    if (hints.availablePermits() == 0) {
      hints.release();
    }
  }

  private void run() {
    while (!closed) {
      try {
        hints.acquire();
        hints.drainPermits();
        settle();
      } catch (InterruptedException e) {
        return;
      } catch (DatabaseGoneException e) {
        return;
      } catch (StoreException e) {
        // The store says what is wrong with it elsewhere; here it goes on when it works again.
        LOG.warn("the subsets of {} wait for the store: {}", database.name(), e.getMessage());
        pause();
      } catch (RuntimeException e) {
        LOG.error("the subsets of {} do not follow", database.name(), e);
        pause();
      }
    }
  }

  private void pause() {
    try {
      if (!hints.tryAcquire(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
        hints.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Works until there is nothing left to do. */
  void settle() {
    boolean more = subsets.kept();
    while (more && !closed) {
      work.lock();
      try {
        tellMeanings();
        more = replacement.step(STEP) | subsets.step(STEP);
      } finally {
        work.unlock();
      }
    }
    // Not while work is held: what enters waits for whoever writes rules.
    if (subsets.kept() && !closed) {
      held.enter(database);
    }
  }

  Optional<SubsetKeeper.Progress> progress() {
    return replacement.progress();
  }

  /** Whether something was changed that documents do not follow yet. */
  boolean isBehind() {
    return subsets.kept()
        && (told.filter(same -> same == sites.book()).isEmpty()
            || subsets.unsettled()
            || replacement.isBehind());
  }

  /** Tells the store whom labels mean, as far as that changed. */
  private void tellMeanings() {
    SiteBook book = sites.book();
    if (told.filter(same -> same == book).isPresent()) {
      return;
    }
    Map<Label, Set<String>> meanings = book.meanings(database.name());
    Set<String> ids = new HashSet<>();
    meanings.values().forEach(ids::addAll);
    Map<String, Integer> feeds = subsets.feeds(ids);
    Map<Label, Audience> audiences = new HashMap<>();
    // Labels that meant somebody once and mean nobody now.
    meant.names().forEach(name -> audiences.put(Label.place(name), Audience.NOBODY));
    meanings.forEach(
        (label, members) ->
            audiences.put(
                label, Audience.of(members.stream().map(id -> feed(feeds, id)).toList())));
    // First, so that a crash between leaves no label that nobody remembers.
    meant.remember(meanings.keySet());
    subsets.audiences(audiences);
    told = Optional.of(book);
  }

  private static Integer feed(Map<String, Integer> feeds, String site) {
    Integer feed = feeds.get(site);
    if (feed == null) {
      throw new IllegalStateException("no feed for " + site);
    }
    return feed;
  }

  @Override
  public void close() {
    closed = true;
    advances.close();
    hints.release();
  }
}
