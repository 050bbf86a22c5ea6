package org.skerry.fhir.rest.history;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.skerry.fhir.outcome.OutcomeException;
import org.skerry.fhir.resource.ResourceId;
import org.skerry.fhir.rest.Call;
import org.skerry.fhir.rest.Interaction;
import org.skerry.revision.RevId;
import org.skerry.store.ChangeRange;
import org.skerry.store.DocumentStore;
import org.skerry.store.Fields;
import org.skerry.store.Seq;

/**
 * {@code GET /{type}/_history} and {@code GET /_history}: what changed, last first. A page's link
 * says at which position of the feed the page before ended, and how many versions of the resource
 * there were on it.
 */
public final class FeedHistory implements Interaction {
  /** Read ahead at a time; each has at least one version. */
  private static final int CHUNK = 200;

  private final boolean ofType;

  private FeedHistory(boolean ofType) {
    this.ofType = ofType;
  }

  /** The history of the type in the path. */
  public static FeedHistory ofType() {
    return new FeedHistory(true);
  }

  /** The history of everything. */
  public static FeedHistory ofSystem() {
    return new FeedHistory(false);
  }

  /** A resource in the feed. */
  private record Place(ResourceId id, long seq) {}

  @Override
  public void answer(Call call) throws IOException {
    Optional<String> type = ofType ? Optional.of(call.type()) : Optional.empty();
    HistoryQuery query = HistoryQuery.of(call);
    Cursor cursor = query.page().map(Cursor::parse).orElse(new Cursor(Long.MAX_VALUE, 0));
    HistorySet set = new HistorySet(call.base(), call.trail());
    Optional<Cursor> end = fill(call, type, query, cursor, set);
    String url = call.base() + type.map(name -> "/" + name).orElse("") + "/_history";
    Optional<String> next = end.map(at -> query.link(url, Optional.of(at.toString())));
    call.answerBundle(set.finish(Optional.empty(), query.link(url, query.page()), next));
  }

  /** Fills a page; returns where it ended when more follows. */
  private static Optional<Cursor> fill(
      Call call, Optional<String> type, HistoryQuery query, Cursor from, HistorySet set) {
    DocumentStore store = call.database().store();
    Cursor at = from;
    boolean whole = false;
    while (true) {
      List<Place> places = places(store, type, at, whole);
      if (places.isEmpty()) {
        return Optional.empty();
      }
      for (Place place : places) {
        List<RevId> revs = Versions.of(store, place.id.document());
        int skip = place.seq == at.seq ? Math.min(at.versions, revs.size()) : 0;
        while (skip < revs.size()) {
          if (set.count() == query.count()) {
            return Optional.of(new Cursor(place.seq, skip));
          }
          int room = Math.min(revs.size(), skip + query.count() - set.count());
          Versions.add(set, store, place.id, revs.subList(skip, room), query);
          skip = room;
        }
        at = new Cursor(place.seq, 0);
      }
      whole = true;
    }
  }

  /**
   * The next resources behind a position.
   *
   * @param whole whether that at the position was shown with all its versions
   */
  private static List<Place> places(
      DocumentStore store, Optional<String> type, Cursor at, boolean whole) {
    List<Place> places = new ArrayList<>();
    store.changes(
        new ChangeRange(Seq.ZERO, Integer.MAX_VALUE, true),
        Fields.LEAVES,
        document -> {
          long seq = document.seq().number();
          if (seq < at.seq || seq == at.seq && !whole) {
            ResourceId.of(document.id())
                .filter(id -> type.isEmpty() || id.type().equals(type.get()))
                .ifPresent(id -> places.add(new Place(id, seq)));
          }
          return places.size() < CHUNK;
        });
    return places;
  }

  /**
   * Where a page ended.
   *
   * @param versions how many versions of the resource at that position were shown
   */
  private record Cursor(long seq, int versions) {
    static Cursor parse(String text) {
      String[] parts = text.split("-");
      try {
        if (parts.length == 2) {
          return new Cursor(Long.parseLong(parts[0]), Integer.parseInt(parts[1]));
        }
      } catch (NumberFormatException e) {
        throw OutcomeException.invalid(HistoryQuery.PAGE + "=" + text + " is no page's");
      }
      throw OutcomeException.invalid(HistoryQuery.PAGE + "=" + text + " is no page's");
    }

    @Override
    public String toString() {
      return seq + "-" + versions;
    }
  }
}
