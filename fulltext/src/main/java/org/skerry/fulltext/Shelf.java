package org.skerry.fulltext;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.lucene.store.AlreadyClosedException;
import org.skerry.database.Database;
import org.skerry.search.IndexDefinition;
import org.skerry.search.IndexPlace;
import org.skerry.search.SearchBuildCancelledException;
import org.skerry.store.Seq;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The indexes that are open. Whoever uses one borrows its slot and gives it back. Any thread may
 * call.
 *
 * <p>An index stays open for a while, since the next query follows soon; when more are open than
 * should be, those that nobody uses are closed, the longest unused first.
 */
final class Shelf {
  private static final Logger LOG = LoggerFactory.getLogger(Shelf.class);

  /** After a crash so much is indexed again. */
  private static final long COMMIT_MILLIS = 5_000;

  /** How long an index is left alone whose function runs away. */
  private static final long BLOCKED_NANOS = 300_000_000_000L;

  private final Folders folders;
  private final IndexFunctions functions;
  private final Crew crew;
  private final FullTextSettings settings;
  private final AtomicLong builds = new AtomicLong();

  /** Guarded by this, as are the slots' users. */
  private final Map<IndexKey, IndexSlot> slots = new HashMap<>();

  /** Volatile: read by those who index. */
  private volatile boolean closed;

  Shelf(Folders folders, IndexFunctions functions, Crew crew, FullTextSettings settings) {
    this.folders = folders;
    this.functions = functions;
    this.crew = crew;
    this.settings = settings;
  }

  private void checkOpen() {
    if (closed) {
      throw new StoppedException();
    }
  }

  /** Borrows a slot; it must be given back. */
  synchronized IndexSlot borrow(IndexKey key) {
    checkOpen();
    IndexSlot slot = slots.computeIfAbsent(key, absent -> new IndexSlot(key, folders, crew));
    slot.users++;
    return slot;
  }

  /** Gives a slot back. */
  void giveBack(IndexSlot slot) {
    Optional<IndexSlot> oldest = Optional.empty();
    boolean unused;
    synchronized (this) {
      slot.users--;
      slot.lastUsed = System.nanoTime();
      unused = slot.users == 0;
      if (unused && slots.size() > settings.mostOpen()) {
        oldest = longestUnused();
      }
    }
    if (unused) {
      closeLater(slot, settings.idleMillis());
    }
    oldest.ifPresent(one -> crew.later(() -> close(one, 0), 0));
  }

  private Optional<IndexSlot> longestUnused() {
    IndexSlot oldest = null;
    for (IndexSlot slot : slots.values()) {
      if (slot.users == 0 && (oldest == null || slot.lastUsed - oldest.lastUsed < 0)) {
        oldest = slot;
      }
    }
    return Optional.ofNullable(oldest);
  }

  private void closeLater(IndexSlot slot, long millis) {
    crew.later(() -> close(slot, settings.idleMillis()), millis);
  }

  /** Closes a slot that nobody uses, and used for so long; its place is free then. */
  private void close(IndexSlot slot, long idleMillis) {
    if (slot.close(() -> isIdle(slot, idleMillis))) {
      synchronized (this) {
        // Who came meanwhile has opened the index again, or is about to.
        if (slot.users == 0 && slot.opened().isEmpty()) {
          slots.remove(slot.key(), slot);
          notifyAll();
        }
      }
    }
  }

  private synchronized boolean isIdle(IndexSlot slot, long millis) {
    return slot.users == 0 && System.nanoTime() - slot.lastUsed >= millis * 1_000_000;
  }

  /**
   * Brings the index of a borrowed slot to where its database is now.
   *
   * @param target how far at least
   */
  void catchUp(
      Database database, IndexPlace place, IndexDefinition definition, IndexSlot slot, Seq target)
      throws IOException, InterruptedException {
    while (isBehind(slot.open(definition).shown().seq(), target)) {
      slot.checkNotBlocked();
      Future<?> end = join(database, place, definition, slot);
      try {
        end.get();
      } catch (ExecutionException e) {
        throw failure(e);
      }
    }
  }

  private static IOException failure(ExecutionException e) {
    return switch (e.getCause()) {
      case IOException io -> io;
      case RuntimeException refusal -> throw refusal;
      case Error error -> throw error;
      case null, default -> new IOException(e);
    };
  }

  private static boolean isBehind(Seq at, Seq target) {
    boolean ordered = at.position().length == 0 && target.position().length == 0;
    return ordered ? at.number() < target.number() : !at.equals(target);
  }

  /** The catch-up that runs, or a new one. */
  private Future<?> join(
      Database database, IndexPlace place, IndexDefinition definition, IndexSlot slot)
      throws IOException {
    OpenIndex index = slot.open(definition);
    synchronized (slot) {
      Optional<Build> running = slot.build();
      if (running.isPresent()) {
        return running.get().end();
      }
      AtomicLong done = new AtomicLong();
      AtomicBoolean cancelled = new AtomicBoolean();
      long total = database.changes().pending(index.standing().seq());
      CatchUp work =
          new CatchUp(
              database,
              index,
              slot.functions(functions, definition),
              crew,
              done,
              () -> {
                checkOpen();
                if (cancelled.get()) {
                  throw new SearchBuildCancelledException(
                      place, done.get(), Math.max(total, done.get()));
                }
              });
      // The slot is in use until the work ends, even if nobody waits for it any more.
      borrow(slot.key());
      Future<?> end;
      try {
        end = crew.begin(() -> run(work, slot));
      } catch (StoppedException e) {
        giveBack(slot);
        throw e;
      }
      slot.build(
          new Build(
              builds.incrementAndGet(),
              database.name(),
              place,
              Instant.now(),
              done,
              total,
              cancelled,
              end));
      return end;
    }
  }

  private boolean run(CatchUp work, IndexSlot slot) throws IOException {
    try {
      work.run();
      return true;
    } catch (RunawayFunctionException e) {
      slot.block(e, BLOCKED_NANOS);
      throw e;
    } finally {
      crew.later(slot::commit, COMMIT_MILLIS);
      giveBack(slot);
    }
  }

  /** The catch-ups that run. */
  List<Build> building() {
    List<IndexSlot> all;
    synchronized (this) {
      all = List.copyOf(slots.values());
    }
    return all.stream().flatMap(slot -> slot.build().stream()).toList();
  }

  /** Lets go of an index after a failure, so that another try finds a sound one. */
  void abandon(IndexSlot slot, Throwable why) throws IOException {
    Optional<OpenIndex> index = slot.opened();
    if (index.isPresent()) {
      Throwable cause =
          why instanceof AlreadyClosedException ? index.get().failure().orElse(why) : why;
      slot.abandon(index.get(), cause);
    }
  }

  /** Deletes an index, whether it is open or not. */
  void discard(IndexKey key) {
    IndexSlot slot = borrow(key);
    try {
      slot.discard();
    } catch (IOException e) {
      LOG.warn("a full-text index could not be deleted: {}", e.toString());
    } finally {
      giveBack(slot);
    }
  }

  /** Those that are open, of one life of a database. */
  List<IndexKey> keys(String incarnation) {
    synchronized (this) {
      List<IndexKey> keys = new ArrayList<>(slots.keySet());
      keys.removeIf(key -> !key.incarnation().equals(incarnation));
      return keys;
    }
  }

  /** Waits until nothing is open; for tests. */
  synchronized void awaitEmpty() throws InterruptedException {
    while (!slots.isEmpty()) {
      wait();
    }
  }

  /** From now on nothing is begun, and what runs ends early. */
  void stop() {
    closed = true;
  }

  /** Closes all, when the crew is gone. */
  void closeAll() {
    List<IndexSlot> all;
    synchronized (this) {
      all = List.copyOf(slots.values());
      slots.clear();
    }
    all.forEach(slot -> slot.close(() -> true));
  }
}
