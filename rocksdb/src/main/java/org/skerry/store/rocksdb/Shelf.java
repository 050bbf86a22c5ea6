package org.skerry.store.rocksdb;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.skerry.store.DatabaseGoneException;
import org.skerry.store.Registration;
import org.skerry.store.StoreException;
import org.skerry.store.subset.Audience;
import org.skerry.store.subset.FeedEnds;
import org.skerry.store.subset.KnownAudiences;

/**
 * One database as the parts of this engine share it: its number, its life, its counters, who
 * listens. Any thread.
 */
final class Shelf {
  private static final System.Logger LOG = System.getLogger(Shelf.class.getName());

  private final int number;
  private final String name;
  private final String incarnation;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final Map<Integer, List<Runnable>> ofFeeds = new ConcurrentHashMap<>();

  private final KnownAudiences knownAudiences = new KnownAudiences();
  private final FeedEnds feedEnds = new FeedEnds();

  /** Volatile: replaced by the writer once what it counts is durable, read by everybody. */
  private volatile Ledger ledger;

  /** Volatile: set once by the writer. */
  private volatile boolean dropped;

  /** Volatile: set when this is opened, and by the writer once it is durable. */
  private volatile boolean keepsSubsets;

  /** Counted once it is durable. */
  private final AtomicLong subsetsBegun = new AtomicLong();

  Shelf(int number, String name, String incarnation, Ledger ledger, boolean keepsSubsets) {
    this.number = number;
    this.name = name;
    this.incarnation = incarnation;
    this.ledger = ledger;
    this.keepsSubsets = keepsSubsets;
  }

  int number() {
    return number;
  }

  String name() {
    return name;
  }

  String incarnation() {
    return incarnation;
  }

  Ledger ledger() {
    return ledger;
  }

  void publish(Ledger durable) {
    ledger = durable;
  }

  boolean keepsSubsets() {
    return keepsSubsets;
  }

  void keepsSubsets(boolean durably) {
    keepsSubsets = durably;
  }

  /** How often documents got something to follow. */
  long subsetsBegun() {
    return subsetsBegun.get();
  }

  void subsetsBegan() {
    subsetsBegun.incrementAndGet();
  }

  KnownAudiences knownAudiences() {
    return knownAudiences;
  }

  FeedEnds feedEnds() {
    return feedEnds;
  }

  /** Throws when the database was dropped. */
  void check() {
    if (dropped) {
      throw new DatabaseGoneException(name);
    }
  }

  /**
   * Something that must be there is not: because the database was dropped meanwhile, or because of
   * damage.
   */
  StoreException lost(String what) {
    return dropped
        ? new DatabaseGoneException(name)
        : Faults.damaged(
            what + " of database " + name + " is missing", new IllegalStateException(what));
  }

  void drop() {
    dropped = true;
    wake();
    wake(Set.of(Audience.EVERYONE));
    listeners.clear();
    ofFeeds.clear();
    knownAudiences.forgetAll();
  }

  /**
   * What the records of subsets say may be something else, since the store was opened anew: with
   * what was in memory and refused by the disk, or without.
   */
  void readSubsetsAnew(boolean kept) {
    keepsSubsets = kept;
    feedEnds.clear();
    subsetsBegan();
    wake(Set.of(Audience.EVERYONE));
  }

  Registration onAdvance(Runnable wake) {
    return register(listeners, wake);
  }

  /** As {@link #onAdvance(Runnable)}, for one subset's feed. */
  Registration onAdvance(int feed, Runnable wake) {
    return register(ofFeeds.computeIfAbsent(feed, first -> new CopyOnWriteArrayList<>()), wake);
  }

  private static Registration register(List<Runnable> listeners, Runnable wake) {
    // A wrapper, so that one Runnable registered twice is two registrations.
    Runnable listener = wake::run;
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  void wake() {
    wake(listeners);
  }

  /** Wakes who waits for one of those feeds; everyone's is a part of each. */
  void wake(Set<Integer> feeds) {
    if (feeds.contains(Audience.EVERYONE)) {
      ofFeeds.values().forEach(this::wake);
    } else {
      feeds.forEach(feed -> wake(ofFeeds.getOrDefault(feed, List.of())));
    }
  }

  private void wake(List<Runnable> listening) {
    for (Runnable listener : listening) {
      try {
        listener.run();
      } catch (RuntimeException | Error e) {
        // With no memory left, too: the other listeners still have to know.
        LOG.log(System.Logger.Level.WARNING, "a listener of database " + name + " failed", e);
      }
    }
  }
}
