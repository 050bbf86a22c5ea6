package org.skerry.store.rocksdb;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.skerry.store.StoreException;

/**
 * The one thread that writes.
 *
 * <p>All who want to write queue up their {@link Turn}s and wait. The writer takes all that wait,
 * lets them decide one after the other, writes one batch with one fsync, and answers them together.
 * So:
 *
 * <ul>
 *   <li>an edit is decided against every write before it, those of its own group included;
 *   <li>sequences become visible in their order, since a group is visible as a whole and before the
 *       next;
 *   <li>the more writers wait, the fewer fsyncs a write costs;
 *   <li>what is answered is durable, "stale" and "present" included: they tell of a state that is
 *       on the disk.
 * </ul>
 *
 * <p>The thread is a platform thread: an fsync in a virtual thread would pin its carrier, and a
 * machine of two cores has two of them.
 *
 * <p>When the disk refuses a group, all its turns fail and nothing of it is visible. RocksDB then
 * refuses further writes until it could repair itself (it looks for room every few seconds, and
 * begins a new log then) or was opened again ({@link Recovery} does that when there were no file
 * handles), so nothing is acknowledged in between; reading goes on.
 *
 * <p>A turn that cannot decide, because memory was short, fails alone. When a group breaks off
 * while it is written or made known, nobody knows how much of it is on the disk, and what is in
 * memory may be older: its turns fail, and so does every group after it until the store was opened
 * anew ({@link #trust}). A sequence would be given twice otherwise.
 */
final class GroupWriter implements AutoCloseable {
  /** A group is at most about this long, so that its memtables and its fsync stay small. */
  private static final long GROUP_BYTES = 8L << 20;

  private final Tables tables;
  private final Batch batch;
  private final Consumer<RuntimeException> refusals;
  private final LinkedBlockingQueue<Entry<?>> queue = new LinkedBlockingQueue<>();
  private final Thread thread;

  /** Guards the order of the last entries: nothing is queued behind the end. */
  private final ReentrantLock ending = new ReentrantLock();

  private boolean ended;

  /** What became of the last group; opening leaves nothing unsynced. The writer's alone. */
  private LogCheck.Before before = LogCheck.Before.SYNCED;

  /** Whether the last group was refused. Volatile: asked by whoever looks after the store. */
  private volatile boolean refused;

  /**
   * Whether memory may be older than the disk, because a group broke off or the store is being
   * opened anew. Volatile: also set, and taken back, by whoever opens the store anew.
   */
  private volatile boolean brokenOff;

  GroupWriter(Tables tables) {
    this(tables, refusal -> {});
  }

  /** A writer that tells somebody why a group was refused, from its own thread. */
  GroupWriter(Tables tables, Consumer<RuntimeException> refusals) {
    this.tables = tables;
    this.batch = new Batch(tables);
    this.refusals = refusals;
    this.thread = Thread.ofPlatform().name("skerry-store-writer").daemon().start(this::run);
  }

  /** A turn with the one who waits for it. */
  private static final class Entry<T> {
    private final Turn<T> turn;
    private final CompletableFuture<T> answer = new CompletableFuture<>();
    private Runnable completion = () -> {};

    Entry(Turn<T> turn) {
      this.turn = turn;
    }

    void decide(Group group) {
      T value = turn.decide(group);
      completion = () -> answer.complete(value);
    }
  }

  /** Waits until the turn was written. */
  <T> T write(Turn<T> turn) {
    Entry<T> entry = new Entry<>(turn);
    enqueue(entry);
    try {
      return entry.answer.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private void enqueue(Entry<?> entry) {
    ending.lock();
    try {
      if (ended) {
        throw new StoreException("the store is closed; open it again");
      }
      queue.add(entry);
    } finally {
      ending.unlock();
    }
  }

  private void run() {
    List<Entry<?>> entries = new ArrayList<>();
    boolean more = true;
    while (more) {
      try {
        more = take(entries);
        processInOrder(entries);
      } catch (RuntimeException | Error e) {
        fail(entries, e);
      }
      entries.clear();
    }
  }

  /** Those who were answered already have their answer. */
  private static void fail(List<Entry<?>> entries, Throwable why) {
    for (Entry<?> entry : entries) {
      entry.answer.completeExceptionally(why);
    }
  }

  private void processInOrder(List<Entry<?>> entries) {
    int from = 0;
    for (int i = 0; i < entries.size(); i++) {
      if (entries.get(i).turn.alone()) {
        processSome(entries.subList(from, i));
        processSome(entries.subList(i, i + 1));
        from = i + 1;
      }
    }
    processSome(entries.subList(from, entries.size()));
  }

  private void processSome(List<Entry<?>> entries) {
    if (!entries.isEmpty()) {
      process(entries);
    }
  }

  /** Takes the next group; false when there is none and will be none. */
  private boolean take(List<Entry<?>> entries) {
    Entry<?> next = await();
    if (next == END) {
      return false;
    }
    long bytes = 0;
    while (next != null) {
      add(next, entries);
      bytes += next.turn.weight();
      next = bytes < GROUP_BYTES && queue.peek() != END ? queue.poll() : null;
    }
    return true;
  }

  private Entry<?> await() {
    try {
      return queue.take();
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts the writer", e);
    }
  }

  /** What left the queue is answered, even where memory is too short for a list of it. */
  private static void add(Entry<?> next, List<Entry<?>> entries) {
    try {
      entries.add(next);
    } catch (Error e) {
      next.answer.completeExceptionally(e);
      throw e;
    }
  }

  private static final Entry<?> END = new Entry<>(group -> true);

  private void process(List<Entry<?>> entries) {
    try (Group group = new Group(tables, batch, before)) {
      decideAll(entries, group);
      write(group, entries.stream().anyMatch(entry -> entry.turn.durable()));
      try {
        group.wake();
      } finally {
        // It is durable and known: nothing that goes wrong from here on makes it a failure.
        entries.forEach(entry -> entry.completion.run());
      }
    } catch (UndecidedException e) {
      processApart(entries, e.why);
    } catch (RuntimeException | Error e) {
      fail(entries, e);
    }
  }

  private void write(Group group, boolean durable) {
    if (brokenOff) {
      throw refuse(new BrokenOffException());
    }
    try {
      if (group.write(durable)) {
        before = durable ? LogCheck.Before.SYNCED : LogCheck.Before.UNSYNCED;
        refused = false;
      }
    } catch (RuntimeException e) {
      throw refuse(e);
    } catch (Error e) {
      throw breakOff(e);
    }
    try {
      group.publish();
    } catch (RuntimeException | Error e) {
      throw breakOff(e);
    }
  }

  private RuntimeException breakOff(Throwable cause) {
    brokenOff = true;
    return refuse(new BrokenOffException(cause));
  }

  private RuntimeException refuse(RuntimeException why) {
    before = LogCheck.Before.REFUSED;
    refused = true;
    refusals.accept(why);
    return why;
  }

  /** What is in memory may be older than the disk: nothing is written until {@link #trust}. */
  void distrust() {
    brokenOff = true;
  }

  /** What is in memory was read from the disk again. */
  void trust() {
    brokenOff = false;
  }

  boolean isRefused() {
    return refused;
  }

  private static void decideAll(List<Entry<?>> entries, Group group) {
    try {
      for (Entry<?> entry : entries) {
        entry.decide(group);
      }
      group.emit();
    } catch (RuntimeException | Error e) {
      throw new UndecidedException(e);
    }
  }

  /**
   * One turn could not decide, or what it decided cannot be put, and that left the group in an
   * unknown state: each gets a group of its own.
   */
  private void processApart(List<Entry<?>> entries, Throwable cause) {
    if (entries.size() == 1) {
      entries.getFirst().answer.completeExceptionally(cause);
      return;
    }
    for (Entry<?> entry : entries) {
      process(List.of(entry));
    }
  }

  private static final class UndecidedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Throwable why;

    UndecidedException(Throwable why) {
      super(why);
      this.why = why;
    }
  }

  /** Writes what is queued, and ends. */
  @Override
  public void close() {
    ending.lock();
    try {
      if (!ended) {
        ended = true;
        queue.add(END);
      }
    } finally {
      ending.unlock();
    }
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
