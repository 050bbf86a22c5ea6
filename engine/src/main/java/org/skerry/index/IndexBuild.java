package org.skerry.index;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.skerry.store.ChangeRange;
import org.skerry.store.DocumentStore;
import org.skerry.store.Fields;
import org.skerry.store.Seq;
import org.skerry.store.StoredDocument;

/**
 * One run of an index after its database's feed, up to where the feed's end was when the run began.
 *
 * <ol>
 *   <li>Pages of changes are read, a few ahead.
 *   <li>Each is mapped by one of the node's workers.
 *   <li>In the order of the feed, what was mapped is gathered until it is worth a batch, and
 *       written with the position behind it.
 * </ol>
 *
 * So memory is bounded, and a run that is cut short at any point is gone on with from its last
 * batch. One thread, and the workers it asks.
 */
final class IndexBuild {
  private static final int PAGE_DOCUMENTS = 500;
  private static final long PAGE_BYTES = 1L << 20;

  /** Up to here mapping costs less than handing it to somebody else. */
  private static final int AT_ONCE = 16;

  /**
   * What is gathered for one batch: about 80,000 rows. Nodes are written once for each batch that
   * meets them, so the more the better, until it is memory that somebody misses.
   */
  private static final long GATHERED_BYTES = 24L << 20;

  private final DocumentStore store;
  private final IndexWriter writer;
  private final Mappers mappers;
  private final BooleanSupplier stopped;
  private final Deque<Page> underWay = new ArrayDeque<>();
  private final List<MappedPage> gathered = new ArrayList<>();
  private long gatheredBytes;
  private Seq gatheredEnd;
  private final IndexWriter.Known known;
  private final Seq target;
  private long done;

  /** Documents that were read, up to a position, and the rows that are being made of them. */
  private record Page(int size, Seq end, Future<MappedPage> mapped) {}

  IndexBuild(DocumentStore store, IndexWriter writer, Mappers mappers, BooleanSupplier stopped) {
    this.store = store;
    this.writer = writer;
    this.mappers = mappers;
    this.stopped = stopped;
    this.target = store.now();
    this.gatheredEnd = writer.state().seq();
    boolean fresh =
        writer.state().seq().equals(Seq.ZERO)
            && writer.state().views().stream().allMatch(view -> view.root().isEmpty());
    // Where positions are numbers alone, it is known what the feed may show a second time.
    this.known = new IndexWriter.Known(fresh, target.position().length == 0 ? target.number() : -1);
  }

  /**
   * Runs to the end, or until it is stopped.
   *
   * @throws CancellationException when it was stopped
   * @throws IndexBuildCancelledException when somebody cancelled it
   */
  void run(BuildProgress progress) {
    Seq read = writer.state().seq();
    boolean more = true;
    while (more || !underWay.isEmpty()) {
      if (stopped.getAsBoolean()) {
        underWay.forEach(page -> page.mapped.cancel(false));
        throw new CancellationException("indexes are being closed");
      }
      if (progress.isCancelled()) {
        throw cancelled(progress);
      }
      if (more && underWay.size() < mappers.ahead()) {
        List<StoredDocument> documents = new ArrayList<>();
        Seq end = read(read, documents);
        more = !documents.isEmpty() && !reached(end);
        underWay.add(
            new Page(
                documents.size(),
                end,
                mappers.map(documents, !more && underWay.isEmpty(), progress::isCancelled)));
        read = end;
        continue;
      }
      try {
        gather(underWay.removeFirst(), !more && underWay.isEmpty());
      } catch (CancellationException e) {
        throw progress.isCancelled() ? cancelled(progress) : e;
      }
      progress.done(done);
    }
  }

  /** Writes what was mapped already, in the order of the feed. */
  private IndexBuildCancelledException cancelled(BuildProgress progress) {
    underWay.forEach(page -> page.mapped.cancel(false));
    if (!gathered.isEmpty()) {
      write();
    }
    return new IndexBuildCancelledException(progress);
  }

  /**
   * Where positions are numbers alone, a feed that grows faster than it is read ends nevertheless.
   */
  private boolean reached(Seq end) {
    return end.position().length == 0 && end.number() >= target.number();
  }

  private Seq read(Seq since, List<StoredDocument> documents) {
    long[] bytes = {0};
    return store.changes(
        ChangeRange.after(since, PAGE_DOCUMENTS),
        Fields.WINNER,
        document -> {
          documents.add(document);
          bytes[0] += document.deleted() ? 0 : document.revisions().getFirst().body().json().length;
          return bytes[0] < PAGE_BYTES;
        });
  }

  private void gather(Page page, boolean last) {
    MappedPage mapped = result(page.mapped);
    gathered.add(mapped);
    gatheredBytes += mapped.size();
    gatheredEnd = page.end;
    done += page.size;
    if (last || gatheredBytes >= GATHERED_BYTES) {
      write();
    }
  }

  private void write() {
    writer.write(gathered, known, gatheredEnd, writer.state().purges());
    gathered.clear();
    gatheredBytes = 0;
  }

  private static MappedPage result(Future<MappedPage> mapped) {
    try {
      return mapped.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
  }

  /** Whether a page of that size is mapped by who reads it. */
  static boolean isSmall(int documents) {
    return documents <= AT_ONCE;
  }
}
