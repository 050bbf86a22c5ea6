package org.skerry.index;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.skerry.document.DocId;
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

  /** Rows that are gathered for one batch. */
  private static final long GATHERED_BYTES = 8L << 20;

  /** What a document or a row takes besides its bytes, about. */
  private static final long OBJECT_BYTES = 100;

  /** When writing rows made a batch larger than this, fewer are gathered for the next. */
  private static final long BATCH_BYTES = 48L << 20;

  private final DocumentStore store;
  private final IndexWriter writer;
  private final Mappers mappers;
  private final BooleanSupplier stopped;
  private final Deque<MappedPage> underWay = new ArrayDeque<>();
  private final Map<DocId, MappedDocument> gathered = new LinkedHashMap<>();
  private long gatheredBytes;
  private long gatherUpTo = GATHERED_BYTES;
  private final IndexWriter.Known known;
  private final Seq target;
  private long done;

  /** Documents that were read, up to a position, and the rows that are being made of them. */
  private record MappedPage(int size, Seq end, Future<List<MappedDocument>> documents) {}

  IndexBuild(DocumentStore store, IndexWriter writer, Mappers mappers, BooleanSupplier stopped) {
    this.store = store;
    this.writer = writer;
    this.mappers = mappers;
    this.stopped = stopped;
    this.target = store.now();
    boolean fresh =
        writer.state().seq().equals(Seq.ZERO)
            && writer.state().views().stream().allMatch(view -> view.root().isEmpty());
    // The feed shows a document a second time only when it changed after this moment.
    this.known =
        fresh && target.position().length == 0
            ? document -> document.seq().number() > target.number()
            : document -> true;
  }

  /**
   * Runs to the end, or until it is stopped.
   *
   * @throws CancellationException when it was stopped
   */
  void run(BuildProgress progress) {
    Seq read = writer.state().seq();
    boolean more = true;
    while (more || !underWay.isEmpty()) {
      if (stopped.getAsBoolean()) {
        underWay.forEach(page -> page.documents.cancel(false));
        throw new CancellationException("indexes are being closed");
      }
      if (more && underWay.size() < mappers.ahead()) {
        List<StoredDocument> documents = new ArrayList<>();
        Seq end = read(read, documents);
        more = !documents.isEmpty() && !reached(end);
        underWay.add(
            new MappedPage(
                documents.size(), end, mappers.map(documents, !more && underWay.isEmpty())));
        read = end;
        continue;
      }
      gather(underWay.removeFirst(), !more && underWay.isEmpty());
      progress.done(done);
    }
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

  private void gather(MappedPage page, boolean last) {
    for (MappedDocument document : result(page.documents)) {
      // Of a document that changed meanwhile the later state counts.
      Optional.ofNullable(gathered.remove(document.id()))
          .ifPresent(earlier -> gatheredBytes -= bytes(earlier));
      gathered.put(document.id(), document);
      gatheredBytes += bytes(document);
    }
    done += page.size;
    if (last || gatheredBytes >= gatherUpTo) {
      long written = writer.write(gathered.values(), known, page.end, writer.state().purges());
      gathered.clear();
      gatheredBytes = 0;
      adapt(written);
    }
  }

  /** In a large index rows meet leaves one by one, and a batch writes much more than its rows. */
  private void adapt(long written) {
    if (written > BATCH_BYTES) {
      gatherUpTo = Math.max(1, gatherUpTo / 2);
    } else if (written < BATCH_BYTES / 4) {
      gatherUpTo = Math.min(GATHERED_BYTES, gatherUpTo * 2);
    }
  }

  private static long bytes(MappedDocument document) {
    long bytes = OBJECT_BYTES + document.record().length;
    for (MappedRow row : document.rows()) {
      bytes += OBJECT_BYTES + row.entry().length();
    }
    return bytes;
  }

  private static List<MappedDocument> result(Future<List<MappedDocument>> documents) {
    try {
      return documents.get();
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
