package org.skerry.index;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.skerry.database.Database;
import org.skerry.store.DatabaseGoneException;
import org.skerry.store.DocumentStore;
import org.skerry.store.PurgeLog;
import org.skerry.store.Registration;
import org.skerry.store.Seq;
import org.skerry.store.StoreException;
import org.skerry.store.ordered.DamagedException;
import org.skerry.store.ordered.OrderedSpace;
import org.skerry.store.ordered.SpaceGoneException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One index of one database. Any thread may ask; one run at a time brings it up to date, and all
 * who want that wait for the same.
 */
public final class Index {
  private static final Logger LOG = LoggerFactory.getLogger(Index.class);

  /** Shorter runs are over before anybody could look at them. */
  private static final long WORTH_SHOWING = 1_000;

  private static final int PURGES_AT_ONCE = 1_000;

  private final DocumentStore store;
  private final IndexDefinition definition;
  private final OrderedSpace space;
  private final Moments moments;
  private final Indexes.Workshop workshop;
  private final Mappers mappers;
  private final AtomicInteger waiting = new AtomicInteger();

  /** Guarded by this: the run that goes on, or one that has ended. */
  private Optional<CompletableFuture<Boolean>> run = Optional.empty();

  /** Guarded by this: whether one more run is to follow the one that goes on. */
  private Optional<CompletableFuture<Boolean>> following = Optional.empty();

  /** Volatile: written by a run after each batch, read by all. */
  private volatile IndexState state;

  Index(
      Database database,
      IndexDefinition definition,
      OrderedSpace space,
      Indexes.Workshop workshop) {
    this.store = database.store();
    this.definition = definition;
    this.space = space;
    this.moments = new Moments(space);
    this.workshop = workshop;
    this.mappers =
        new Mappers(
            definition,
            new Complaints(database.name() + "/" + definition.name(), InstantSource.system()),
            workshop.mapping(),
            workshop.parallel());
    this.state =
        space
            .get(IndexKeys.STATE)
            .map(bytes -> IndexState.decode(bytes, definition))
            .filter(this::isPossible)
            .orElseGet(this::begin);
    moments.begin(state);
  }

  /**
   * A database that was put back to an older state is behind its indexes, which say nothing then.
   */
  private boolean isPossible(IndexState stored) {
    boolean possible = stored.seq().number() <= store.now().number();
    if (!possible) {
      LOG.warn(
          "index {} of {} stands at {}, the database at {}: built anew",
          definition.name(),
          store.name(),
          stored.seq(),
          store.now());
    }
    return possible;
  }

  private IndexState begin() {
    IndexState empty = IndexState.empty(definition.views().size(), store.totals().purges());
    moments.clear(empty);
    return empty;
  }

  public IndexDefinition definition() {
    return definition;
  }

  /** Where it stands in the database's feed. */
  public Seq seq() {
    return state.seq();
  }

  /** What it takes on disk, by estimate. */
  public long bytes() {
    return space.bytes();
  }

  /** How many changes of the database are not in it; sometimes by estimate. */
  public long pending() {
    return store.pending(state.seq());
  }

  /** The number of the last purge that it followed. */
  public long purges() {
    return state.purges();
  }

  /** Whether a run is going on. */
  public synchronized boolean isBuilding() {
    return run.isPresent() && !run.get().isDone();
  }

  /** How many wait for it to be brought up to date. */
  public int waiting() {
    return waiting.get();
  }

  private boolean isCurrent() {
    return state.seq().equals(store.now()) && state.purges() == store.totals().purges();
  }

  /**
   * Waits until everything is in it that the database shows now.
   *
   * @throws StoreException when it cannot be built
   */
  public void catchUp() {
    if (isCurrent()) {
      return;
    }
    waiting.incrementAndGet();
    try {
      start().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    } finally {
      waiting.decrementAndGet();
    }
  }

  /** Sees to it that it is brought up to date, and does not wait. */
  public void catchUpSoon() {
    if (!isCurrent()) {
      // A run tells of its failure by itself.
      var unused = start();
    }
  }

  /** A run that begins after this call. */
  private synchronized CompletableFuture<Boolean> start() {
    if (following.isPresent()) {
      return following.get();
    }
    if (run.isPresent() && !run.get().isDone()) {
      CompletableFuture<Boolean> next = new CompletableFuture<>();
      following = Optional.of(next);
      var unused = run.get().whenComplete((done, failure) -> follow(next, failure));
      return next;
    }
    return begun();
  }

  /** Begins the run that was to follow, unless the one before it was cancelled. */
  private synchronized void follow(CompletableFuture<Boolean> next, @Nullable Throwable failure) {
    if (failure != null && causeOf(failure) instanceof IndexBuildCancelledException cancelled) {
      // Whoever waits for this one had been waiting for that one as well.
      following = Optional.empty();
      next.completeExceptionally(cancelled);
      return;
    }
    try {
      var unused =
          begun()
              .whenComplete(
                  (done, problem) -> {
                    if (problem == null) {
                      next.complete(true);
                    } else {
                      next.completeExceptionally(causeOf(problem));
                    }
                  });
    } catch (RejectedExecutionException e) {
      next.completeExceptionally(new CancellationException("indexes are being closed"));
    }
  }

  private static Throwable causeOf(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() instanceof Throwable cause
        ? cause
        : failure;
  }

  private synchronized CompletableFuture<Boolean> begun() {
    following = Optional.empty();
    CompletableFuture<Boolean> begun =
        CompletableFuture.supplyAsync(this::build, workshop.building());
    run = Optional.of(begun);
    return begun;
  }

  private boolean build() {
    try {
      IndexWriter writer = followPurges();
      long pending = store.pending(state.seq());
      BuildProgress progress =
          new BuildProgress(workshop.nextBuild(), store.name(), definition.name(), pending);
      try (Registration shown = pending < WORTH_SHOWING ? () -> {} : workshop.show(progress)) {
        new IndexBuild(store, writer, mappers, () -> pause(writer)).run(progress);
      } finally {
        state = writer.state();
        mappers.rest();
      }
      return true;
    } catch (DamagedException e) {
      condemn(e);
      throw e;
    } catch (IndexBuildCancelledException e) {
      LOG.info("{}: {}", store.name(), e.getMessage());
      throw e;
    } catch (DatabaseGoneException | SpaceGoneException | CancellationException e) {
      throw e;
    } catch (RuntimeException | Error e) {
      LOG.warn("index {} of {} cannot be built", definition.name(), store.name(), e);
      throw e;
    }
  }

  /** Publishes how far a run has come; tells it whether to stop. */
  private boolean pause(IndexWriter writer) {
    state = writer.state();
    return workshop.isClosed();
  }

  /**
   * A document that was purged is in no feed, so the log of purges is followed before it: what
   * remained of the document stands in the feed again.
   */
  private IndexWriter followPurges() {
    PurgeLog purges = store.purges();
    long last = purges.last();
    if (purges.remembered() > state.purges()) {
      LOG.info("index {} of {} missed purges: built anew", definition.name(), store.name());
      return new IndexWriter(space, moments, definition, begin());
    }
    IndexWriter writer = new IndexWriter(space, moments, definition, state);
    while (writer.state().purges() < last) {
      List<PurgeLog.Purge> some = purges.read(writer.state().purges(), PURGES_AT_ONCE);
      writer.forget(
          some.stream().map(PurgeLog.Purge::id).distinct().toList(),
          some.isEmpty() ? last : some.getLast().seq());
    }
    return writer;
  }

  /** Throws the index away, since what is stored of it is damaged. */
  void condemn(DamagedException damage) {
    LOG.warn(
        "index {} of {} is thrown away and will be built anew: {}",
        definition.name(),
        store.name(),
        damage.getMessage());
    workshop.discard(this);
  }

  /**
   * Its rows as they are now; close it.
   *
   * @throws StoreException when they cannot be read
   */
  public IndexReading read() {
    try {
      return new IndexReading(this, moments.open(), workshop.innerNodes());
    } catch (DamagedException e) {
      condemn(e);
      throw e;
    }
  }

  OrderedSpace space() {
    return space;
  }

  /** Frees what it holds. Runs that go on end by themselves when the space is dropped. */
  void close() {
    mappers.close();
  }
}
