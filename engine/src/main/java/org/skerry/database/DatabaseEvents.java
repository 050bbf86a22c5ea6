package org.skerry.database;

import java.time.Duration;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * What happened to a node's databases, each kind of it at its last time: for those who look after
 * many databases and do not want to ask each. Any thread.
 *
 * <p>It is kept in memory. A reader who comes back after the node was started anew (its {@link
 * #life} is another) reads from the start, where every database stands once: so it misses none, and
 * at most looks in vain.
 */
public final class DatabaseEvents {
  /** Deletions of names that did not come back are remembered up to here. */
  private static final int DELETIONS = 10_000;

  private final String life =
      HexFormat.of().toHexDigits(UUID.randomUUID().getMostSignificantBits());
  private final Map<Key, Long> events = new ConcurrentHashMap<>();
  private final LongAdder changes = new LongAdder();
  private final LongAdder writes = new LongAdder();
  private final LongAdder reads = new LongAdder();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition advanced = lock.newCondition();

  /** Volatile: read by whoever waits; advanced under the lock. */
  private volatile long last;

  private int waiting;

  /** What can happen to a database. */
  public enum Kind {
    CREATED,
    UPDATED,
    DELETED,
    DDOC_UPDATED
  }

  /** One event at its last time. */
  public record Event(long seq, String database, Kind kind) {}

  private record Key(String database, Kind kind) {}

  DatabaseEvents(Stream<String> existing) {
    existing.forEach(name -> tell(name, Kind.UPDATED));
  }

  /** Which run of the node these events are of. */
  public String life() {
    return life;
  }

  /** The newest event's number; 0 before the first. */
  public long last() {
    return last;
  }

  /** The events behind a number, oldest first. */
  public List<Event> read(long since) {
    return events.entrySet().stream()
        .filter(entry -> entry.getValue() > since)
        .map(entry -> new Event(entry.getValue(), entry.getKey().database, entry.getKey().kind))
        .sorted(Comparator.comparingLong(Event::seq))
        .toList();
  }

  /**
   * Waits until there are events behind a number.
   *
   * @return whether there are
   */
  public boolean await(long since, Duration timeout) throws InterruptedException {
    long left = TimeUnit.NANOSECONDS.convert(timeout);
    lock.lockInterruptibly();
    waiting++;
    try {
      while (last <= since && left > 0) {
        left = advanced.awaitNanos(left);
      }
      return last > since;
    } finally {
      waiting--;
      lock.unlock();
    }
  }

  /** How often a database changed, since the node was started. */
  public long changes() {
    return changes.sum();
  }

  /** How many revisions were handed in to be written. */
  public long writes() {
    return writes.sum();
  }

  /** How many documents were read by their ids. */
  public long reads() {
    return reads.sum();
  }

  void countWrites(int count) {
    writes.add(count);
  }

  void countReads(int count) {
    reads.add(count);
  }

  /** Called by writers: costs a moment. */
  void tell(String database, Kind kind) {
    if (kind == Kind.UPDATED) {
      changes.increment();
    }
    lock.lock();
    try {
      long seq = last + 1;
      events.put(new Key(database, kind), seq);
      last = seq;
      if (waiting > 0) {
        advanced.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  void tellCreated(String database) {
    events.remove(new Key(database, Kind.DELETED));
    tell(database, Kind.CREATED);
  }

  void tellDeleted(String database) {
    for (Kind kind : Kind.values()) {
      events.remove(new Key(database, kind));
    }
    tell(database, Kind.DELETED);
    forgetOldDeletions();
  }

  private void forgetOldDeletions() {
    if (events.size() <= DELETIONS) {
      return;
    }
    List<Event> deletions = read(0).stream().filter(event -> event.kind() == Kind.DELETED).toList();
    int tooMany = deletions.size() - DELETIONS;
    deletions.stream()
        .limit(Math.max(0, tooMany))
        .forEach(event -> events.remove(new Key(event.database(), Kind.DELETED), event.seq()));
  }
}
