package org.skerry.changes;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.skerry.store.DocumentStore;
import org.skerry.store.Registration;
import org.skerry.store.Seq;
import org.skerry.store.StoreException;

/**
 * Threads that wait for one database to advance.
 *
 * <p>Nobody misses a change: a waiter enters the set and then looks at the store once more, and the
 * store's hint comes after the advance; so either the waiter sees the advance or the hint finds the
 * waiter.
 *
 * <p>The hint comes on a writer's thread, which must not pay for thousands of readers. It starts
 * one virtual thread, which wakes those whose position was passed; hints that come while that one
 * works make it go round once more, however many they are. Between changes there is no thread and
 * nothing is polled.
 */
final class Waiters implements AutoCloseable {
  private final DocumentStore store;
  private final Set<Waiter> waiting = ConcurrentHashMap.newKeySet();

  /** Hints that were not served yet; whoever raises it from 0 starts the serving thread. */
  private final AtomicInteger hints = new AtomicInteger();

  private Optional<Registration> registration = Optional.empty();

  /** Volatile, so that a wait takes the lock only when it is the first. */
  private volatile boolean listening;

  /** Volatile, because waiters look at it without a lock. */
  private volatile boolean closed;

  Waiters(DocumentStore store) {
    this.store = store;
  }

  /** One waiting thread. */
  private static final class Waiter {
    private final Seq since;
    private final Thread thread;

    /** Touched only by serving threads, of which there is one at a time. */
    private boolean woken;

    Waiter(Seq since, Thread thread) {
      this.since = since;
      this.thread = thread;
    }
  }

  Wake await(Seq since, Duration timeout) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (closed) {
      return Wake.CLOSED;
    }
    if (isBehind(since, store.now())) {
      return Wake.ADVANCED;
    }
    listen();
    Waiter waiter = new Waiter(since, Thread.currentThread());
    waiting.add(waiter);
    try {
      return park(since, TimeUnit.NANOSECONDS.convert(timeout));
    } finally {
      waiting.remove(waiter);
    }
  }

  private Wake park(Seq since, long nanos) throws InterruptedException {
    long start = System.nanoTime();
    while (true) {
      if (closed) {
        return Wake.CLOSED;
      }
      if (isBehind(since, store.now())) {
        return Wake.ADVANCED;
      }
      long left = nanos - (System.nanoTime() - start);
      if (left <= 0) {
        return Wake.TIMEOUT;
      }
      LockSupport.parkNanos(this, left);
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
  }

  /**
   * Whether a position was passed. Where the number says all, a position beyond the end is not: its
   * reader would find nothing and ask again at once, for ever.
   */
  private static boolean isBehind(Seq since, Seq now) {
    boolean ordered = since.position().length == 0 && now.position().length == 0;
    return ordered ? since.number() < now.number() : !since.equals(now);
  }

  private void listen() {
    if (!listening) {
      synchronized (this) {
        if (!listening && !closed) {
          registration = Optional.of(store.onAdvance(this::hint));
          listening = true;
        }
      }
    }
  }

  private void hint() {
    if (!waiting.isEmpty() && hints.getAndIncrement() == 0) {
      Thread.ofVirtual().name("changes of " + store.name()).start(this::serve);
    }
  }

  private void serve() {
    int served;
    do {
      served = hints.get();
      wakePassed();
    } while (!hints.compareAndSet(served, 0));
  }

  private void wakePassed() {
    Optional<Seq> now = now();
    for (Waiter waiter : waiting) {
      boolean passed = now.isEmpty() || isBehind(waiter.since, now.get());
      if (passed && !waiter.woken) {
        waiter.woken = true;
        LockSupport.unpark(waiter.thread);
      }
    }
  }

  /** Nothing when the store cannot say: then everybody wakes, and hears why from the store. */
  private Optional<Seq> now() {
    try {
      return Optional.of(store.now());
    } catch (StoreException e) {
      return Optional.empty();
    }
  }

  /** How many threads wait at the moment. */
  int count() {
    return waiting.size();
  }

  /** Wakes everybody; later waits end at once. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      registration.ifPresent(Registration::close);
      registration = Optional.empty();
    }
    waiting.forEach(waiter -> LockSupport.unpark(waiter.thread));
  }
}
