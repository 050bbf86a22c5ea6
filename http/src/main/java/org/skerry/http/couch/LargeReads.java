package org.skerry.http.couch;

import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.skerry.database.Database;
import org.skerry.http.Exchange;
import org.skerry.store.subset.SubsetDocuments;

/**
 * A few places for large readings of the store, so that hundreds of first synchronisations leave
 * room for whoever saves a document meanwhile.
 *
 * <p>Places go to parties in turns: a site that asks over fifty connections has as many as one that
 * asks over one. Within a party the first request is the first. A turn is one part of an answer,
 * held in memory; it ends before anything is sent, so that a slow client takes no place. What is
 * small is read without one.
 *
 * <p>Any thread. Nobody may wait for a second place while it has one.
 */
public final class LargeReads {
  /** Longer than most parts take, and short enough that nobody notices one turn of another. */
  private static final long SHARE_NANOS = 20_000_000;

  private final LongSupplier clock;
  private final ReentrantLock lock = new ReentrantLock();

  /** Those who wait, by party; a party stands here and in the line, or in neither. */
  private final Map<String, ArrayDeque<Waiter>> waiting = new HashMap<>();

  private final ArrayDeque<String> line = new ArrayDeque<>();
  private int free;

  /** How many wait; looked at by those who read. */
  private final AtomicInteger waiters = new AtomicInteger();

  /** A request that waits; all under the lock. */
  private static final class Waiter {
    private final Condition turn;
    private boolean granted;

    Waiter(Condition turn) {
      this.turn = turn;
    }
  }

  /** So many places. */
  LargeReads(int places) {
    this(places, System::nanoTime);
  }

  LargeReads(int places, LongSupplier clock) {
    this.free = places;
    this.clock = clock;
  }

  /** A quarter of the processors, and one at least, are left to all that is small. */
  static LargeReads ofMachine() {
    return new LargeReads(Math.max(1, Runtime.getRuntime().availableProcessors() * 3 / 4));
  }

  /** For whom a request reads: a site, or somebody who is none. */
  public static String party(Exchange exchange, Database database) {
    return database
        .subset()
        .map(SubsetDocuments::site)
        .map(site -> "site " + site)
        .orElseGet(() -> "user " + exchange.user().name().orElse(""));
  }

  /** Waits for the party's turn. */
  public Turn turn(String party) throws InterruptedIOException {
    lock.lock();
    try {
      if (free > 0) {
        free--;
      } else {
        await(party);
      }
    } finally {
      lock.unlock();
    }
    return new Place(clock.getAsLong());
  }

  private void await(String party) throws InterruptedIOException {
    Waiter waiter = new Waiter(lock.newCondition());
    enqueue(party, waiter);
    try {
      while (!waiter.granted) {
        waiter.turn.await();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      if (waiter.granted) {
        pass();
      } else {
        leave(party, waiter);
      }
      throw new InterruptedIOException("the node is shutting down");
    }
  }

  private void enqueue(String party, Waiter waiter) {
    ArrayDeque<Waiter> queue = waiting.get(party);
    if (queue == null) {
      queue = new ArrayDeque<>(1);
      waiting.put(party, queue);
      line.add(party);
    }
    queue.add(waiter);
    waiters.incrementAndGet();
  }

  private void leave(String party, Waiter waiter) {
    ArrayDeque<Waiter> queue = waiting.get(party);
    if (queue != null && queue.remove(waiter)) {
      waiters.decrementAndGet();
      if (queue.isEmpty()) {
        waiting.remove(party);
        line.remove(party);
      }
    }
  }

  /** Gives a place to the next party in line, which goes to the line's end when it wants more. */
  private void pass() {
    String party = line.poll();
    ArrayDeque<Waiter> queue = party == null ? null : waiting.remove(party);
    if (party == null || queue == null) {
      free++;
      return;
    }
    Waiter next = queue.remove();
    if (!queue.isEmpty()) {
      waiting.put(party, queue);
      line.add(party);
    }
    waiters.decrementAndGet();
    next.granted = true;
    next.turn.signal();
  }

  /** How many wait at this moment. */
  int waiting() {
    return waiters.get();
  }

  /** A part of an answer. One thread. */
  public interface Turn extends AutoCloseable {
    /** Of what is small: it takes no place. */
    Turn NONE = new Small();

    /** Whether it took its share while others wait. */
    boolean isOver();

    @Override
    void close();
  }

  private record Small() implements Turn {
    @Override
    public boolean isOver() {
      return false;
    }

    @Override
    public void close() {
      // Took no place.
    }
  }

  private final class Place implements Turn {
    private final long begun;
    private boolean closed;

    Place(long begun) {
      this.begun = begun;
    }

    @Override
    public boolean isOver() {
      return waiters.get() > 0 && clock.getAsLong() - begun >= SHARE_NANOS;
    }

    @Override
    public void close() {
      if (closed) {
        return;
      }
      closed = true;
      lock.lock();
      try {
        pass();
      } finally {
        lock.unlock();
      }
    }
  }
}
