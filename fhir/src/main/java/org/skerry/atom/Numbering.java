package org.skerry.atom;

import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.skerry.atom.Published.Status;
import org.skerry.atom.Published.Told;
import org.skerry.database.Database;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;
import org.skerry.selector.Candidate;
import org.skerry.store.ChangeRange;
import org.skerry.store.Fields;
import org.skerry.store.Seq;
import org.skerry.store.StoredDocument;
import org.skerry.store.StoredRevision;

/**
 * Makes events of a database's changes, each once, in these steps:
 *
 * <ol>
 *   <li>What the feed told is brought up to its last event, should a crash have lost some of it.
 *   <li>Changes behind the last look are read; what is news becomes an event.
 *   <li>The events are made durable. From here on they are published.
 *   <li>What was told, and the position, are noted. A crash before this has step 1 catch up, and
 *       the changes read again are no news.
 * </ol>
 *
 * <p>Any thread may ask; one does it at a time.
 */
final class Numbering {
  /** Events that share a commit: some hundred kilobytes. */
  private static final int BATCH = 500;

  /** Changes looked at between two notes of the position, when nothing is news. */
  private static final int LOOKED_AT = 20_000;

  private static final int REPLAYED = 2_000;

  private final EventLog log;
  private final Published published;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();

  Numbering(EventLog log, Published published, InstantSource clock) {
    this.log = log;
    this.published = published;
    this.clock = clock;
  }

  /** News of a document: what to tell, and how to remember it. */
  private record News(Action action, RevId rev, Told told) {}

  /**
   * Tells of everything that changed.
   *
   * @param patience how long at most; what is left is left to a later call
   * @return whether nothing is left
   */
  boolean catchUp(FeedDefinition feed, Database database, Duration patience) {
    long start = System.nanoTime();
    BooleanSupplier enough =
        () ->
            System.nanoTime() - start > patience.toNanos()
                || Thread.currentThread().isInterrupted();
    try {
      if (!lock.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        return false;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
    try {
      return follow(feed, database, enough);
    } finally {
      lock.unlock();
    }
  }

  private boolean follow(FeedDefinition feed, Database database, BooleanSupplier enough) {
    log.settle();
    Published.State state = replayed(published.state());
    String incarnation = database.store().incarnation();
    if (!state.incarnation().equals(incarnation) || !state.scope().equals(feed.scope())) {
      state = new Published.State(state.place(), incarnation, feed.scope(), Seq.ZERO);
    }
    while (!enough.getAsBoolean()) {
      if (state.seq().equals(database.store().now())) {
        return true;
      }
      Published.State next = step(feed, database, state);
      if (next.equals(state)) {
        return true;
      }
      state = next;
    }
    return false;
  }

  private Published.State replayed(Published.State state) {
    if (state.place().compareTo(log.last()) >= 0) {
      return state;
    }
    Published.State[] at = {state};
    int[] count = {0};
    log.visit(
        state.place(),
        (place, event) -> {
          Status status = event.action() == Action.DELETED ? Status.DELETED : Status.LIVE;
          published.put(
              event.document(),
              new Told(status, event.rev().toString(), event.filter().orElse("")));
          at[0] = new Published.State(place, at[0].incarnation(), at[0].scope(), at[0].seq());
          if (++count[0] % REPLAYED == 0) {
            published.write(at[0]);
          }
        });
    published.write(at[0]);
    return at[0];
  }

  private Published.State step(FeedDefinition feed, Database database, Published.State state) {
    Map<DocId, News> news = new LinkedHashMap<>();
    Seq reached =
        database
            .store()
            .changes(
                ChangeRange.after(state.seq(), LOOKED_AT),
                Fields.WINNER,
                document -> {
                  news(feed, document).ifPresent(one -> news.put(document.id(), one));
                  return news.size() < BATCH;
                });
    Place place = state.place();
    if (!news.isEmpty()) {
      place = publish(feed, place, news);
    }
    Published.State next = new Published.State(place, state.incarnation(), state.scope(), reached);
    if (!next.equals(state)) {
      published.write(next);
    }
    return next;
  }

  private Place publish(FeedDefinition feed, Place last, Map<DocId, News> news) {
    List<EventLog.Numbered> events = new ArrayList<>(news.size());
    Place place = last;
    for (Map.Entry<DocId, News> one : news.entrySet()) {
      place = place.next(feed.pageSize());
      events.add(new EventLog.Numbered(place, event(feed, place, one.getKey(), one.getValue())));
    }
    log.append(events);
    news.forEach((id, one) -> published.put(id, one.told()));
    return place;
  }

  private Event event(FeedDefinition feed, Place place, DocId id, News news) {
    return new Event(
        Event.uuid(feed.category(), place, id, news.rev()),
        feed.title(),
        news.action(),
        clock.instant().truncatedTo(ChronoUnit.MILLIS),
        id,
        news.rev(),
        feed.content(id),
        Optional.of(news.told().filter()).filter(term -> !term.isEmpty()));
  }

  /** What readers do not know yet of a document, if anything. */
  private Optional<News> news(FeedDefinition feed, StoredDocument document) {
    if (document.id().isDesign()) {
      return Optional.empty();
    }
    RevId rev = document.winner().rev();
    Optional<Told> told = published.told(document.id());
    Optional<Status> before = told.map(Told::status);
    boolean known = before.filter(status -> status != Status.DELETED).isPresent();
    if (told.filter(last -> last.rev().equals(rev.toString())).isPresent()) {
      return Optional.empty();
    }
    if (document.deleted()) {
      return known
          ? Optional.of(news(Action.DELETED, rev, Status.DELETED, told.orElseThrow().filter()))
          : Optional.empty();
    }
    StoredRevision revision = document.revisions().getFirst();
    boolean matches = feed.selector().matches(candidate(document.id(), revision));
    if (!matches && !before.filter(Status.LIVE::equals).isPresent()) {
      return Optional.empty();
    }
    String filter = feed.filter().map(tag -> tag.term(revision.body())).orElse("");
    return Optional.of(
        news(
            known ? Action.UPDATED : Action.CREATED,
            rev,
            matches ? Status.LIVE : Status.LEFT,
            filter));
  }

  private static News news(Action action, RevId rev, Status status, String filter) {
    return new News(action, rev, new Told(status, rev.toString(), filter));
  }

  private static Candidate candidate(DocId id, StoredRevision revision) {
    return new Candidate(id, revision.rev(), false, revision.attachments(), revision.body());
  }
}
