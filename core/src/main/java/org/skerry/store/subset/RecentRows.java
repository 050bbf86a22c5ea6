package org.skerry.store.subset;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.skerry.store.ordered.OrderedCursor;
import org.skerry.store.ordered.OrderedView;

/**
 * Rows of feeds that stand in no {@link RowPage} yet: on the disk in the records of the turns that
 * wrote them, and here by feed for whoever reads. One turn at a time adds to them, any thread
 * reads.
 *
 * <p>Whoever reads takes the {@linkplain #moment moment} first and the records behind it. What was
 * filed between stands in both, and counts once. What was written between is not seen, since it
 * stands behind the moment's end; a row that it took out is not seen either, but its document
 * stands anew behind that end. So nobody skips anything who goes on from there.
 */
final class RecentRows {
  /** Guarded by the store, one turn at a time; {@link #moment} makes them known. */
  private final List<Long> turns = new ArrayList<>();

  private int count;
  private long base;
  private long lastTurn;

  /** Volatile: replaced by the turn that added or filed something, once that is durable. */
  private volatile Moment moment = new Moment(new ConcurrentHashMap<>(), 0);

  /**
   * What was not filed at one moment. More may be added meanwhile, behind the end.
   *
   * @param feeds by position; empty where a row was taken out that is filed
   * @param end of all that was written until then
   */
  record Moment(Map<Integer, NavigableMap<Long, byte[]>> feeds, long end) {
    /** All rows are filed. */
    static final Moment FILED = new Moment(Map.of(), Long.MAX_VALUE);

    NavigableMap<Long, byte[]> of(int feed) {
      return feeds.getOrDefault(feed, NOTHING);
    }
  }

  private static final NavigableMap<Long, byte[]> NOTHING = new TreeMap<>();

  Moment moment() {
    return moment;
  }

  /** How many changes of rows are not filed. */
  int count() {
    return count;
  }

  /** Rows up to here are filed, and no others. */
  long base() {
    return base;
  }

  /** The turns whose records are not needed any more once all is filed. */
  List<Long> turns() {
    return turns;
  }

  /** A number for the next turn, greater than all before. */
  long nextTurn() {
    return ++lastTurn;
  }

  /** A turn's record is durable. */
  void add(long turn, List<TurnRows.Change> changes) {
    Moment now = moment;
    turns.add(turn);
    moment = new Moment(now.feeds(), Math.max(now.end(), apply(changes, now.feeds())));
  }

  /** All rows are filed, durably, those that the turn brought included. */
  void filed(long end) {
    turns.clear();
    count = 0;
    base = Math.max(moment.end(), end);
    moment = new Moment(new ConcurrentHashMap<>(), base);
  }

  /** Where a row stands. */
  private record Place(int feed, long seq) {}

  /**
   * Puts rows first, and takes out behind that, so that whoever reads meanwhile finds a document
   * where it was or where it is. Of one place only the turn's last word counts.
   *
   * @return the last position
   */
  private long apply(
      List<TurnRows.Change> changes, Map<Integer, NavigableMap<Long, byte[]>> feeds) {
    Map<Place, TurnRows.Change> said = HashMap.newHashMap(changes.size());
    for (TurnRows.Change change : changes) {
      said.put(new Place(change.feed(), change.row().seq()), change);
    }
    long last = 0;
    for (TurnRows.Change change : said.values()) {
      if (!change.row().isOut()) {
        rows(feeds, change).put(change.row().seq(), change.row().value());
      }
      last = Math.max(last, change.row().seq());
    }
    for (TurnRows.Change change : said.values()) {
      if (change.row().isOut()) {
        takeOut(rows(feeds, change), change.row());
      }
    }
    count += changes.size();
    return last;
  }

  private static NavigableMap<Long, byte[]> rows(
      Map<Integer, NavigableMap<Long, byte[]>> feeds, TurnRows.Change change) {
    return feeds.computeIfAbsent(change.feed(), first -> new ConcurrentSkipListMap<>());
  }

  private void takeOut(NavigableMap<Long, byte[]> rows, RowPage.Row row) {
    if (row.seq() > base) {
      rows.remove(row.seq());
    } else {
      rows.put(row.seq(), row.value());
    }
  }

  /**
   * Begins with what is on the disk.
   *
   * @param end of all that was ever written
   */
  void load(OrderedView view, long end) {
    Map<Integer, NavigableMap<Long, byte[]>> feeds = new ConcurrentHashMap<>();
    turns.clear();
    count = 0;
    base = end;
    try (OrderedCursor logged = view.cursor()) {
      boolean more = logged.seek(SubsetKeys.TURNS);
      while (more && SubsetKeys.startsWith(logged.key(), SubsetKeys.TURNS)) {
        TurnRows.Logged turn = TurnRows.decode(logged.value());
        base = turn.base();
        lastTurn = SubsetKeys.turnOf(logged.key());
        turns.add(lastTurn);
        apply(turn.changes(), feeds);
        more = logged.next();
      }
    }
    moment = new Moment(feeds, end);
  }
}
