package org.skerry.store.rocksdb;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.skerry.store.DatabaseGoneException;
import org.skerry.store.Registration;
import org.skerry.store.StoreException;

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

  /** Volatile: replaced by the writer once what it counts is durable, read by everybody. */
  private volatile Ledger ledger;

  /** Volatile: set once by the writer. */
  private volatile boolean dropped;

  Shelf(int number, String name, String incarnation, Ledger ledger) {
    this.number = number;
    this.name = name;
    this.incarnation = incarnation;
    this.ledger = ledger;
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
    listeners.clear();
  }

  Registration onAdvance(Runnable wake) {
    // A wrapper, so that one Runnable registered twice is two registrations.
    Runnable listener = wake::run;
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  void wake() {
    for (Runnable listener : listeners) {
      try {
        listener.run();
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.WARNING, "a listener of database " + name + " failed", e);
      }
    }
  }
}
