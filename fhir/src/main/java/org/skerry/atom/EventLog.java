package org.skerry.atom;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.skerry.database.Database;
import org.skerry.database.NewRevision;
import org.skerry.database.WriteResult;
import org.skerry.document.DocId;
import org.skerry.store.DocRange;
import org.skerry.store.Fields;
import org.skerry.store.StoreException;
import org.skerry.store.StoredDocument;

/**
 * The events of one category, in the order in which they were numbered. One thread appends, under
 * its numbering's lock; any thread reads.
 */
final class EventLog {
  /** The database that holds all events of a node. */
  static final String DATABASE = "_feed_events";

  private final Database database;
  private final String category;

  /**
   * Up to here events may be read: whatever an engine shows of a batch that is being committed, a
   * page grows at its end alone. Volatile: written by who appends, read by all.
   */
  private volatile Place last;

  /**
   * Events whose append failed, so that nobody knows which of them are there, or will be after a
   * crash. They are written again as they are, before others: no place may have two events.
   */
  private List<Numbered> pending = List.of();

  EventLog(Database database, String category) {
    this.database = database;
    this.category = category;
    this.last = findLast();
  }

  private Place findLast() {
    Place[] found = {Place.START};
    database
        .store()
        .scan(
            range(Place.prefix(category), true),
            Fields.LEAVES,
            document -> {
              Optional<Place> place = Place.of(category, document.id().text());
              place.ifPresent(there -> found[0] = there);
              return place.isEmpty();
            });
    return found[0];
  }

  /** Ids of this category from one on; the slash behind the category comes before zero. */
  private DocRange range(String from, boolean descending) {
    return new DocRange(Optional.of(from), Optional.of(category + "0"), false, descending);
  }

  /** To be called before more is appended: finishes an append that failed. */
  void settle() {
    if (!pending.isEmpty()) {
      append(pending);
    }
  }

  /** The place of the newest event; {@link Place#START} when there is none. */
  Place last() {
    return last;
  }

  /** The last page that there is; 1 also when it is empty. */
  long lastPage() {
    return last.page();
  }

  /**
   * Appends events; durable on return, and visible from then on.
   *
   * @throws StoreException when they cannot be kept; then none of them is visible, until {@link
   *     #settle}
   */
  void append(List<Numbered> events) {
    pending = events;
    List<NewRevision> documents = new ArrayList<>(events.size());
    for (Numbered one : events) {
      documents.add(
          new NewRevision(
              DocId.of(one.place().id(category)),
              Optional.empty(),
              false,
              one.event().encode(),
              List.of()));
    }
    List<WriteResult> results = database.update(documents);
    for (int i = 0; i < results.size(); i++) {
      check(results.get(i), events.get(i));
    }
    pending = List.of();
    last = events.getLast().place();
  }

  private void check(WriteResult result, Numbered event) {
    switch (result) {
      case WriteResult.Written written -> {}
      case WriteResult.Conflict before when isThere(event) -> {}
      default -> throw new StoreException("event " + event.place().id(category) + ": " + result);
    }
  }

  private boolean isThere(Numbered event) {
    boolean[] same = {false};
    database
        .store()
        .load(
            List.of(DocId.of(event.place().id(category))),
            Fields.WINNER,
            document -> {
              same[0] = event(document).equals(event.event());
              return true;
            });
    return same[0];
  }

  /** An event with its place. */
  record Numbered(Place place, Event event) {}

  /** The events of a page, oldest first. */
  List<Event> page(long page) {
    Place end = last;
    String prefix = Place.prefix(category, page);
    List<Event> events = new ArrayList<>();
    database
        .store()
        .scan(
            range(prefix, false),
            Fields.WINNER,
            document -> {
              Optional<Place> place =
                  Place.of(category, document.id().text())
                      .filter(there -> there.page() == page && there.compareTo(end) <= 0);
              place.ifPresent(there -> events.add(event(document)));
              return place.isPresent();
            });
    return events;
  }

  /** Visits the events behind a place, oldest first. */
  void visit(Place after, BiConsumer<Place, Event> visitor) {
    Place end = last;
    database
        .store()
        .scan(
            range(after.id(category), false),
            Fields.WINNER,
            document -> {
              Optional<Place> place =
                  Place.of(category, document.id().text())
                      .filter(there -> there.compareTo(end) <= 0);
              place
                  .filter(there -> there.compareTo(after) > 0)
                  .ifPresent(there -> visitor.accept(there, event(document)));
              return place.isPresent();
            });
  }

  private static Event event(StoredDocument document) {
    return Event.decode(document.revisions().getFirst().body());
  }

  /** Which life of the database of events it is. */
  String incarnation() {
    return database.store().incarnation();
  }
}
