package org.skerry.fulltext;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.skerry.changes.ChangesRequest;
import org.skerry.database.Database;
import org.skerry.document.DocId;
import org.skerry.store.Fields;
import org.skerry.store.PurgeLog;
import org.skerry.store.Seq;
import org.skerry.store.StoredDocument;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings one index to the end of its database's feed, once:
 *
 * <ol>
 *   <li>what was purged leaves the index;
 *   <li>changes are read, gathered into batches, and each batch is indexed on as many cores as are
 *       free; then the standing moves behind it;
 *   <li>now and then, and never in a batch, the index commits;
 *   <li>at the end searchers see it all.
 * </ol>
 *
 * <p>A document for which the index function fails is not found, as if it had no fields; the reason
 * is logged. A function that uses up its time or memory for several documents ends the catch-up.
 */
final class CatchUp {
  private static final Logger LOG = LoggerFactory.getLogger(CatchUp.class);

  private static final int BATCH_DOCUMENTS = 1_024;
  private static final long BATCH_BYTES = 4L << 20;

  /** What one thread takes of a batch at a time. */
  private static final int PORTION = 64;

  /** After a crash so much is done again. */
  private static final long COMMIT_NANOS = 10_000_000_000L;

  private static final int PURGES = 1_000;

  /** A function that runs away for each document would take the node's time for ever. */
  private static final int MOST_EXCESSES = 5;

  /** A function that fails for one document fails for all of its kind. */
  private static final int LOGGED_SKIPS = 10;

  private final Database database;
  private final OpenIndex index;
  private final FunctionPool functions;
  private final Crew crew;
  private final AtomicLong done;
  private final Runnable goingOn;

  private final List<StoredDocument> batch = new ArrayList<>();
  private final Set<DocId> inBatch = new HashSet<>();
  private final AtomicInteger skipped = new AtomicInteger();
  private final AtomicInteger excesses = new AtomicInteger();
  private final boolean fresh;
  private final Seq end;

  private long batchBytes;
  private long lastNumber;
  private long lastCommit = System.nanoTime();

  /**
   * A catch-up that was not begun.
   *
   * @param done counts the changes
   * @param goingOn throws why it is not to go on, if so
   */
  CatchUp(
      Database database,
      OpenIndex index,
      FunctionPool functions,
      Crew crew,
      AtomicLong done,
      Runnable goingOn) {
    this.database = database;
    this.index = index;
    this.functions = functions;
    this.crew = crew;
    this.done = done;
    this.goingOn = goingOn;
    this.end = database.store().now();
    this.fresh = index.isNew() && end.position().length == 0;
  }

  /** The index knows more than its database, which was put back to an earlier state. */
  static final class AheadException extends IOException {
    private static final long serialVersionUID = 1L;

    AheadException(String message) {
      super(message);
    }
  }

  void run() throws IOException {
    Standing start = index.standing();
    checkNotAhead(start.seq(), end);
    // A function that cannot be compiled is refused even when there is nothing to index.
    functions.giveBack(functions.borrow());
    try {
      followPurges();
      Seq reached =
          database
              .changes()
              .read(
                  ChangesRequest.ALL.withFields(Fields.WINNER),
                  start.seq(),
                  (document, revisions) -> {
                    take(document);
                    return true;
                  })
              .lastSeq();
      indexBatch();
      index.reached(index.standing().at(reached));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } finally {
      index.show();
      if (skipped.get() > LOGGED_SKIPS) {
        LOG.warn("{}: the index function failed for {} documents in all", database.name(), skipped);
      }
    }
  }

  /**
   * Refuses an index that has seen more than there is.
   *
   * @param now asked for after {@code at}
   */
  static void checkNotAhead(Seq at, Seq now) throws AheadException {
    boolean ordered = at.position().length == 0 && now.position().length == 0;
    if (ordered && at.number() > now.number()) {
      throw new AheadException(
          "it stands at change " + at.number() + ", its database at " + now.number());
    }
  }

  /**
   * Indexes again what was purged, from what is left of it. It does not suffice to remove it: it
   * may have come back before the feed's position, if it was purged and written during a catch-up.
   */
  private void followPurges() throws IOException {
    PurgeLog log = database.store().purges();
    long last = log.last();
    if (index.isNew()) {
      index.reached(index.standing().purged(last));
      return;
    }
    long known = index.standing().purges();
    if (known > last || log.remembered() > known) {
      throw new AheadException("it missed purges that are not remembered any more");
    }
    while (known < last) {
      Set<DocId> ids = new LinkedHashSet<>();
      for (PurgeLog.Purge purge : log.read(known, PURGES)) {
        ids.add(purge.id());
        known = purge.seq();
      }
      reindex(List.copyOf(ids));
      index.reached(index.standing().purged(known));
    }
  }

  private void reindex(List<DocId> ids) throws IOException {
    for (DocId id : ids) {
      index.remove(id.text());
    }
    IndexFunction function = functions.borrow();
    database
        .store()
        .load(
            ids,
            Fields.WINNER,
            document -> {
              try {
                index(function, document, false);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
              return true;
            });
    functions.giveBack(function);
  }

  private void take(StoredDocument document) {
    if (document.id().isDesign()) {
      done.incrementAndGet();
      return;
    }
    // A document twice in a batch would be indexed in any order.
    if (inBatch.contains(document.id())) {
      indexBatch();
    }
    inBatch.add(document.id());
    batch.add(document);
    batchBytes += document.revisions().stream().mapToLong(one -> one.body().json().length).sum();
    if (batch.size() == BATCH_DOCUMENTS || batchBytes > BATCH_BYTES) {
      indexBatch();
    }
  }

  private void indexBatch() {
    goingOn.run();
    if (batch.isEmpty()) {
      return;
    }
    boolean adding = isAllNew();
    AtomicInteger next = new AtomicInteger();
    int portions = (batch.size() + PORTION - 1) / PORTION;
    try {
      crew.share(
          portions,
          () -> {
            indexPortions(next, adding);
            return portions;
          });
      index.reached(index.standing().at(batch.getLast().seq()));
      if (System.nanoTime() - lastCommit > COMMIT_NANOS) {
        index.commit();
        index.show();
        lastCommit = System.nanoTime();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    batch.clear();
    inBatch.clear();
    batchBytes = 0;
  }

  /**
   * Whether none of the batch's documents was seen before: a document stands in the feed once, so
   * in an index that began empty, one that comes again has changed since the beginning.
   */
  private boolean isAllNew() {
    boolean ascending = fresh;
    for (StoredDocument document : batch) {
      long number = document.seq().number();
      ascending &= number > lastNumber && number <= end.number();
      lastNumber = Math.max(lastNumber, number);
    }
    return ascending;
  }

  private void indexPortions(AtomicInteger next, boolean adding) throws IOException {
    IndexFunction function = functions.borrow();
    try {
      for (int from = next.getAndAdd(PORTION);
          from < batch.size();
          from = next.getAndAdd(PORTION)) {
        int to = Math.min(batch.size(), from + PORTION);
        for (StoredDocument document : batch.subList(from, to)) {
          index(function, document, adding);
          done.incrementAndGet();
        }
      }
    } finally {
      functions.giveBack(function);
    }
  }

  private void index(IndexFunction function, StoredDocument document, boolean adding)
      throws IOException {
    String id = document.id().text();
    if (document.id().isDesign()) {
      return;
    }
    if (document.deleted()) {
      if (!adding) {
        index.remove(id);
      }
      return;
    }
    try {
      List<IndexedField> fields = new ArrayList<>();
      function.run(document, fields::add);
      if (adding) {
        index.add(id, fields);
      } else {
        index.put(id, fields);
      }
    } catch (SkippedDocumentException e) {
      if (e.isExcess() && excesses.incrementAndGet() >= MOST_EXCESSES) {
        throw new RunawayFunctionException(
            "The index function fails for too many documents: " + e.getMessage());
      }
      skip(id, String.valueOf(e.getMessage()));
    } catch (IllegalArgumentException e) {
      // Lucene's limits, such as a string of more than 32,766 bytes.
      skip(id, String.valueOf(e.getMessage()));
    }
  }

  private void skip(String id, String reason) throws IOException {
    if (skipped.incrementAndGet() <= LOGGED_SKIPS) {
      LOG.warn("{}: {} is left out of a full-text index: {}", database.name(), id, reason);
    }
    index.remove(id);
  }
}
