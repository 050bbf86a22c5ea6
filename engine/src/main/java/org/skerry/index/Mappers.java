package org.skerry.index;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.skerry.store.StoredDocument;

/**
 * One index's mappers: as many as work at the same time, and kept for the next run, because to make
 * one may mean to compile scripts. Any thread.
 */
final class Mappers implements AutoCloseable {
  private final IndexDefinition definition;
  private final Complaints complaints;
  private final ExecutorService workers;
  private final int parallel;
  private final ConcurrentLinkedDeque<Mapper> idle = new ConcurrentLinkedDeque<>();

  /** Volatile: set once, by whoever closes. */
  private volatile boolean closed;

  Mappers(
      IndexDefinition definition, Complaints complaints, ExecutorService workers, int parallel) {
    this.definition = definition;
    this.complaints = complaints;
    this.workers = workers;
    this.parallel = parallel;
  }

  /** How many pages may be under way. */
  int ahead() {
    return 2 * parallel;
  }

  /**
   * Maps a page.
   *
   * @param alone whether nothing else is to be done meanwhile
   * @param givenUp asked before each document; then the page ends with a {@link
   *     CancellationException}
   */
  Future<MappedPage> map(List<StoredDocument> documents, boolean alone, BooleanSupplier givenUp) {
    return alone && IndexBuild.isSmall(documents.size())
        ? CompletableFuture.completedFuture(map(documents, () -> false))
        : workers.submit(() -> map(documents, givenUp));
  }

  private MappedPage map(List<StoredDocument> documents, BooleanSupplier givenUp) {
    Mapper known = idle.pollFirst();
    Mapper mapper = known == null ? new Mapper(definition, complaints) : known;
    try {
      MappedPage page = new MappedPage(documents.size());
      for (StoredDocument document : documents) {
        if (givenUp.getAsBoolean()) {
          throw new CancellationException("nobody wants this page any more");
        }
        mapper.map(document, page);
      }
      return page.full();
    } finally {
      if (closed) {
        mapper.close();
      } else {
        idle.addFirst(mapper);
      }
    }
  }

  /** Gives back those that do not work at the moment, but for one. */
  void rest() {
    Mapper kept = idle.pollFirst();
    closeIdle();
    if (kept != null) {
      idle.addFirst(kept);
    }
  }

  private void closeIdle() {
    for (Mapper mapper = idle.pollFirst(); mapper != null; mapper = idle.pollFirst()) {
      mapper.close();
    }
  }

  @Override
  public void close() {
    closed = true;
    closeIdle();
  }
}
