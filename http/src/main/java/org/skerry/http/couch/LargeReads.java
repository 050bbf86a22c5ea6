package org.skerry.http.couch;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.skerry.database.Database;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;
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
 * <p>A client that left while it waited is noticed when something is sent to it, behind its turn.
 * So that those who come again and again do not pile up, only so many of a party wait: when one
 * more comes, the one that waited longest is told to come later.
 *
 * <p>Any thread. Nobody may wait for a second place while it has one.
 */
public final class LargeReads {
  /** Longer than most parts take, and short enough that nobody notices one turn of another. */
  private static final long SHARE_NANOS = 20_000_000;

  private static final Patience<InterruptedIOException> ENDLESS =
      new Patience<>() {
        @Override
        public Duration left() {
          return ChronoUnit.FOREVER.getDuration();
        }

        @Override
        public void over() {}
      };

  /** More than the largest site has devices that begin at once. */
  private static final int MOST_OF_PARTY = 2_000;

  private final LongSupplier clock;
  private final int mostOfParty;
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
    private boolean refused;

    Waiter(Condition turn) {
      this.turn = turn;
    }
  }

  /** So many places. */
  LargeReads(int places) {
    this(places, MOST_OF_PARTY, System::nanoTime);
  }

  /** So many places, for which so many of a party may wait. */
  LargeReads(int places, int mostOfParty, LongSupplier clock) {
    this.free = places;
    this.mostOfParty = mostOfParty;
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

  /**
   * Waits for the party's turn.
   *
   * @throws HttpProblem when too many of the party wait, and this the longest
   */
  public Turn turn(String party) throws InterruptedIOException {
    return turn(party, ENDLESS);
  }

  /**
   * The same for somebody who has something to do while it waits. When that fails, it leaves the
   * line.
   */
  public <E extends IOException> Turn turn(String party, Patience<E> patience)
      throws InterruptedIOException, E {
    Waiter waiter = ask(party);
    boolean granted = false;
    try {
      granted = await(waiter, patience.left());
      while (!granted) {
        patience.over();
        granted = await(waiter, patience.left());
      }
    } finally {
      if (!granted) {
        giveUp(party, waiter);
      }
    }
    return new Place(clock.getAsLong());
  }

  /**
   * How long somebody waits without a word.
   *
   * @param <E> how it ends when nobody listens
   */
  public interface Patience<E extends IOException> {
    /** From now on. */
    Duration left();

    /** It waited so long. */
    void over() throws E;
  }

  private Waiter ask(String party) {
    lock.lock();
    try {
      Waiter waiter = new Waiter(lock.newCondition());
      if (free > 0) {
        free--;
        waiter.granted = true;
      } else {
        enqueue(party, waiter);
      }
      return waiter;
    } finally {
      lock.unlock();
    }
  }

  /** Whether it has its place. */
  private boolean await(Waiter waiter, Duration most) throws InterruptedIOException {
    lock.lock();
    try {
      long left = TimeUnit.NANOSECONDS.convert(most);
      while (!waiter.granted && !waiter.refused && left > 0) {
        left = waiter.turn.awaitNanos(left);
      }
      if (waiter.refused) {
        throw new HttpProblem(
            429, "too_many_requests", "Too many of your requests wait; this one waited longest.");
      }
      return waiter.granted;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the node is shutting down");
    } finally {
      lock.unlock();
    }
  }

  private void giveUp(String party, Waiter waiter) {
    lock.lock();
    try {
      if (waiter.granted) {
        pass();
      } else {
        leave(party, waiter);
      }
    } finally {
      lock.unlock();
    }
  }

  private void enqueue(String party, Waiter waiter) {
    ArrayDeque<Waiter> queue = waiting.get(party);
    if (queue == null) {
      queue = new ArrayDeque<>(1);
      waiting.put(party, queue);
      line.add(party);
    }
    if (queue.size() == mostOfParty) {
      refuse(queue.remove());
    }
    queue.add(waiter);
    waiters.incrementAndGet();
  }

  private void refuse(Waiter oldest) {
    oldest.refused = true;
    oldest.turn.signal();
    waiters.decrementAndGet();
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
