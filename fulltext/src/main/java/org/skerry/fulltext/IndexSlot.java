package org.skerry.fulltext;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.apache.lucene.analysis.Analyzer;
import org.skerry.search.IndexDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The place of one index among those that are open. It opens its index when it is asked, makes it
 * anew when it is lost, and closes it. Any thread may call; one at a time opens or closes.
 */
final class IndexSlot {
  private static final Logger LOG = LoggerFactory.getLogger(IndexSlot.class);

  private final IndexKey key;
  private final Folders folders;
  private final Crew crew;

  private final ReentrantLock life = new ReentrantLock();

  /** Guarded by {@link #life}; volatile, so that those who only look need not wait. */
  private volatile Optional<OpenIndex> index = Optional.empty();

  /** How many use it; guarded by the shelf. */
  int users;

  /** When it was last used; guarded by the shelf. */
  long lastUsed;

  /** Why nobody lets the index catch up, and until when; guarded by this slot. */
  private Optional<RunawayFunctionException> runaway = Optional.empty();

  private long runawayUntil;

  /** Guarded by this slot. */
  private Optional<FunctionPool> pool = Optional.empty();

  /** The catch-up that runs or ran last; guarded by this slot. */
  private Optional<Build> build = Optional.empty();

  IndexSlot(IndexKey key, Folders folders, Crew crew) {
    this.key = key;
    this.folders = folders;
    this.crew = crew;
  }

  IndexKey key() {
    return key;
  }

  /** The index, if it is open. */
  Optional<OpenIndex> opened() {
    return index;
  }

  /** For a while nobody tries again. */
  synchronized void block(RunawayFunctionException why, long nanos) {
    runaway = Optional.of(why);
    runawayUntil = System.nanoTime() + nanos;
  }

  /**
   * Refuses another try too soon.
   *
   * @throws RunawayFunctionException why the last one failed
   */
  synchronized void checkNotBlocked() {
    if (runaway.isPresent() && System.nanoTime() - runawayUntil < 0) {
      throw runaway.get();
    }
    runaway = Optional.empty();
  }

  /** The compiled functions, kept as long as the index is open. */
  synchronized FunctionPool functions(IndexFunctions all, IndexDefinition definition) {
    FunctionPool known = pool.orElseGet(() -> new FunctionPool(all, definition));
    pool = Optional.of(known);
    return known;
  }

  private synchronized void closeFunctions() {
    pool.ifPresent(FunctionPool::close);
    pool = Optional.empty();
  }

  synchronized Optional<Build> build() {
    return build.filter(Build::isRunning);
  }

  synchronized void build(Build begun) {
    build = Optional.of(begun);
  }

  /** The index, opened if need be, made anew if it is lost. */
  OpenIndex open(IndexDefinition definition) throws IOException {
    Optional<OpenIndex> now = index;
    if (now.isPresent() && now.get().isOpen()) {
      return now.get();
    }
    life.lock();
    try {
      if (index.isPresent() && !index.get().isOpen()) {
        OpenIndex failed = index.get();
        abandon(failed, failed.failure().orElse(new IOException("its writer was closed")));
      }
      if (index.isEmpty()) {
        index = Optional.of(crew.await(() -> openOrMake(definition)));
      }
      return index.get();
    } finally {
      life.unlock();
    }
  }

  private OpenIndex openOrMake(IndexDefinition definition) throws IOException {
    Analyzer analyzer = Analyzers.of(definition);
    try {
      return OpenIndex.open(folders.index(key), analyzer);
    } catch (IOException e) {
      if (!Faults.isLoss(e)) {
        throw e;
      }
      LOG.warn("a full-text index is unusable and will be made anew: {}", e.toString());
      folders.delete(key);
      return OpenIndex.open(folders.index(key), Analyzers.of(definition));
    }
  }

  /** Lets go of an index that failed, unless somebody did; the next who asks gets another. */
  void abandon(OpenIndex failed, Throwable why) throws IOException {
    life.lock();
    try {
      if (index.filter(now -> now == failed).isEmpty()) {
        return;
      }
      index = Optional.empty();
      boolean lost = Faults.isLoss(why);
      LOG.warn(
          "a full-text index failed and will be {}: {}",
          lost ? "made anew" : "opened again",
          why.toString());
      crew.await(
          () -> {
            closeQuietly(failed);
            if (lost) {
              folders.delete(key);
            }
            return lost;
          });
    } finally {
      life.unlock();
    }
  }

  /** Makes durable what was indexed, on a thread of the crew. */
  void commit() {
    Optional<OpenIndex> now = index;
    try {
      if (now.isPresent() && now.get().isOpen()) {
        now.get().commit();
      }
    } catch (IOException | RuntimeException e) {
      LOG.warn("a full-text index could not be committed: {}", e.toString());
    }
  }

  /**
   * Closes the index, on a thread of the crew.
   *
   * @param mayClose asked while nobody can open it
   * @return whether it is closed
   */
  boolean close(BooleanSupplier mayClose) {
    life.lock();
    try {
      if (!mayClose.getAsBoolean()) {
        return false;
      }
      commit();
      closeFunctions();
      index.ifPresent(IndexSlot::closeQuietly);
      index = Optional.empty();
      return true;
    } finally {
      life.unlock();
    }
  }

  /** Closes the index without keeping anything, and deletes its files; those who read, read on. */
  void discard() throws IOException {
    life.lock();
    try {
      Optional<OpenIndex> now = index;
      index = Optional.empty();
      crew.await(
          () -> {
            now.ifPresent(IndexSlot::closeQuietly);
            folders.delete(key);
            return true;
          });
    } finally {
      life.unlock();
    }
  }

  private static void closeQuietly(OpenIndex index) {
    try {
      index.close();
    } catch (IOException | RuntimeException e) {
      LOG.warn("a full-text index was not closed properly: {}", e.toString());
    }
  }
}
