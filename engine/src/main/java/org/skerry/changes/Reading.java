package org.skerry.changes;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.skerry.changes.ChangesRequest.Style;
import org.skerry.document.DocId;
import org.skerry.revision.Leaf;
import org.skerry.store.ChangeRange;
import org.skerry.store.DocRange;
import org.skerry.store.DocumentStore;
import org.skerry.store.DocumentVisitor;
import org.skerry.store.Fields;
import org.skerry.store.Seq;
import org.skerry.store.StoredDocument;

/**
 * One reading of a feed, from a position to its end. Used once, by one thread.
 *
 * <p>Reading is walking: the store is asked for a batch of changes after the other, so that no
 * snapshot of it stays open longer than a batch, however slow the reader is.
 *
 * <p>Where the filter names few documents and much stands behind the position, the walk begins with
 * a leap: the documents meant are looked up, those that changed behind the position are shown in
 * the order of their changes, and the walk goes on from the feed's end as it was before the
 * look-up. A document that changes meanwhile is left to the walk, so that no position is ever shown
 * before something older.
 */
final class Reading {
  /** A seek costs about as much as ten steps; over this many it does not show. */
  private static final int BATCH = 2_000;

  /**
   * How many changes may be passed over before the sink hears of it: milliseconds, also with large
   * bodies.
   */
  private static final int QUIET = 256;

  /** As CouchDB's changes_doc_ids_optimization_threshold. */
  private static final int MAX_LOOKED_UP = 1_000;

  /** A look-up costs about as much as so many steps of the walk. */
  private static final int STEPS_PER_LOOKUP = 8;

  /** How many design documents a database is taken to have. */
  private static final int DESIGN_DOCUMENTS = 16;

  private static final DocRange DESIGN_IDS =
      new DocRange(Optional.of("_design/"), Optional.of("_design0"), false, false);

  private static final Comparator<StoredDocument> BY_SEQ =
      Comparator.comparingLong(document -> document.seq().number());

  private final DocumentStore store;
  private final ChangesRequest request;
  private final Fields fields;
  private final ChangeSink sink;
  private final Seq since;

  private Seq lastSeq;
  private int rows;
  private int visited;
  private int quiet;
  private boolean stopped;

  Reading(DocumentStore store, ChangesRequest request, Seq since, ChangeSink sink) {
    this.store = store;
    this.request = request;
    this.fields = request.fieldsRead();
    this.sink = sink;
    this.since = since;
    this.lastSeq = request.before().orElse(since);
  }

  Page run() {
    Seq end = store.now();
    if (request.descending()) {
      goBack(end);
    } else {
      boolean leap = leapPays(end);
      if (leap) {
        lookUp(end, BY_SEQ);
      }
      walk(leap ? end : since);
    }
    return new Page(lastSeq, rows);
  }

  /** Who goes on in front of something shows nothing that came since. */
  private void goBack(Seq end) {
    Optional<Seq> before = request.before();
    Seq last = before.map(position -> Seq.of(position.number() - 1)).orElse(end);
    boolean leap = leapPays(last);
    if (!leap || before.isEmpty()) {
      store.changes(
          new ChangeRange(leap ? end : since, Integer.MAX_VALUE, true, before),
          fields,
          this::visit);
    }
    if (leap && !stopped) {
      lookUp(last, BY_SEQ.reversed());
    }
  }

  private boolean leapPays(Seq end) {
    boolean ordered = since.position().length == 0 && end.position().length == 0;
    int documents =
        switch (request.filter()) {
          case ChangeFilter.DocIds named -> named.ids().size();
          case ChangeFilter.Design design -> DESIGN_DOCUMENTS;
          case ChangeFilter.Everything everything -> Integer.MAX_VALUE;
          case ChangeFilter.ByContent content -> Integer.MAX_VALUE;
        };
    return ordered
        && documents <= MAX_LOOKED_UP
        && end.number() - since.number() > (long) documents * STEPS_PER_LOOKUP;
  }

  /**
   * Shows the documents meant whose last change is behind {@code since}, and not behind {@code
   * end}.
   */
  private void lookUp(Seq end, Comparator<StoredDocument> order) {
    List<StoredDocument> found = new ArrayList<>();
    collect(
        document -> {
          if (isWithin(document, end)) {
            found.add(document);
          }
          return true;
        });
    found.sort(order);
    if (fields.equals(Fields.LEAVES)) {
      for (StoredDocument document : found) {
        if (!visit(document)) {
          return;
        }
      }
    } else {
      // A second look, because a thousand bodies at once may be more than there is memory for.
      List<DocId> ids = found.stream().map(StoredDocument::id).toList();
      store.load(ids, fields, document -> !isWithin(document, end) || visit(document));
    }
  }

  private void collect(DocumentVisitor visitor) {
    switch (request.filter()) {
      case ChangeFilter.DocIds(Set<DocId> ids) ->
          store.load(List.copyOf(ids), Fields.LEAVES, visitor);
      case ChangeFilter.Design design -> store.scan(DESIGN_IDS, Fields.LEAVES, visitor);
      case ChangeFilter.Everything everything -> throw new IllegalStateException("nothing named");
      case ChangeFilter.ByContent content -> throw new IllegalStateException("nothing named");
    }
  }

  private boolean isWithin(StoredDocument document, Seq end) {
    long number = document.seq().number();
    return number > since.number() && number <= end.number();
  }

  /**
   * Walks on, to the end of the feed as it is when the walk begins: a reader may be slower than the
   * writers.
   */
  private void walk(Seq from) {
    Seq end = store.now();
    boolean ordered = end.position().length == 0;
    Seq at = from;
    do {
      visited = 0;
      Seq reached =
          store.changes(
              ChangeRange.after(at, BATCH),
              fields,
              document -> {
                if (ordered && document.seq().number() > end.number()) {
                  lastSeq = end;
                  stopped = true;
                  return false;
                }
                visited++;
                return visit(document);
              });
      if (!stopped) {
        lastSeq = reached;
        at = reached;
      }
    } while (!stopped && visited == BATCH);
  }

  private boolean visit(StoredDocument document) {
    List<Leaf> passing = request.filter().passing(document, shown(document));
    lastSeq = document.seq();
    if (passing.isEmpty()) {
      quiet++;
      if (quiet == QUIET) {
        quiet = 0;
        stopped = !sink.idle(lastSeq);
      }
    } else {
      quiet = 0;
      rows++;
      stopped = !sink.change(document, passing) || rows == request.limit();
    }
    return !stopped;
  }

  private List<Leaf> shown(StoredDocument document) {
    List<Leaf> leaves = document.leaves();
    boolean all = request.style() == Style.ALL_DOCS || leaves.size() == 1;
    return all ? leaves : leaves.subList(0, 1);
  }
}
