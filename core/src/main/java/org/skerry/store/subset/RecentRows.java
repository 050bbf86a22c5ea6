package org.skerry.store.subset;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
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

  /** What files rows, until it did; one that failed leaves this to the next. */
  private @Nullable SubsetDraft filing;

  /** Volatile: replaced by the turn that added or filed something, once that is durable. */
  private volatile Moment moment = new Moment(new ConcurrentHashMap<>(), 0);

  /**
   * What was not filed at one moment. More may be added meanwhile, behind the end.
   *
   * @param feeds by position; empty where a row was taken out that is filed
   * @param end of all that was written until then
   */
  record Moment(Map<Integer, RowList> feeds, long end) {
    /** All rows are filed. */
    static final Moment FILED = new Moment(Map.of(), Long.MAX_VALUE);

    RowList of(int feed) {
      return feeds.getOrDefault(feed, RowList.NONE);
    }
  }

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

  /** A number for a turn's next record, greater than all before. */
  long nextTurn() {
    return ++lastTurn;
  }

  /**
   * Whether rows are to be filed by this turn. Several turns may be written as one, and nothing of
   * it is known here before it is durable; the first of them files for all.
   */
  @SuppressWarnings("ReferenceEquality") // The same draft, not one like it.
  boolean beginsFiling(SubsetDraft draft) {
    boolean begins = filing != draft;
    filing = draft;
    return begins;
  }

  /**
   * A turn's records are durable.
   *
   * @param records their numbers
   */
  void add(List<Long> records, Map<Integer, List<RowPage.Row>> changes) {
    Moment now = moment;
    turns.addAll(records);
    moment = new Moment(now.feeds(), Math.max(now.end(), apply(changes, now.feeds())));
  }

  /** All rows are filed, durably. */
  void filed() {
    filing = null;
    turns.clear();
    count = 0;
    base = moment.end();
    moment = new Moment(new ConcurrentHashMap<>(), base);
  }

  /** Nobody reads or files them any more. */
  void forgetAll() {
    turns.clear();
    count = 0;
    moment = new Moment(new ConcurrentHashMap<>(), moment.end());
  }

  /**
   * Puts rows first, and takes out behind that, so that whoever reads meanwhile finds a document
   * where it was or where it is.
   *
   * @return the last position
   */
  private long apply(Map<Integer, List<RowPage.Row>> changes, Map<Integer, RowList> feeds) {
    long last = 0;
    boolean out = false;
    for (Map.Entry<Integer, List<RowPage.Row>> change : changes.entrySet()) {
      Integer feed = change.getKey();
      Collection<RowPage.Row> rows = lastWords(change.getValue());
      RowList.Changing all = feeds.getOrDefault(feed, RowList.NONE).change();
      for (RowPage.Row row : rows) {
        if (row.isOut()) {
          out = true;
        } else {
          all.put(row.seq(), row.value());
        }
        last = Math.max(last, row.seq());
      }
      feeds.put(feed, all.done());
      count += change.getValue().size();
    }
    if (out) {
      changes.forEach(
          (feed, rows) -> feeds.computeIfPresent(feed, (same, all) -> without(rows, all)));
    }
    return last;
  }

  /** Of one place a turn's last word counts: of rows that were only put, the last one stays. */
  private static Collection<RowPage.Row> lastWords(List<RowPage.Row> rows) {
    for (RowPage.Row row : rows) {
      if (row.isOut()) {
        Map<Long, RowPage.Row> said = new HashMap<>();
        rows.forEach(one -> said.put(one.seq(), one));
        return said.values();
      }
    }
    return rows;
  }

  /** What is filed is said to be out; of what is not, nothing is left. */
  private RowList without(List<RowPage.Row> changes, RowList rows) {
    RowList.Changing left = rows.change();
    for (RowPage.Row row : lastWords(changes)) {
      if (row.isOut() && row.seq() > base) {
        left.remove(row.seq());
      } else if (row.isOut()) {
        left.put(row.seq(), row.value());
      }
    }
    return left.done();
  }

  /**
   * Begins with what is on the disk.
   *
   * @param end of all that was ever written
   */
  void load(OrderedView view, long end) {
    Map<Integer, RowList> feeds = new ConcurrentHashMap<>();
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
