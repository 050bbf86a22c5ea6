package org.skerry.store.subset;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.skerry.store.StoreException;

/**
 * What one turn changes in feeds. Most feeds get a row or two of many documents, and a record each
 * is what that costs; so a turn puts all of them in one record, and one that finds many such
 * records files them all, by feed and many rows to a {@link RowPage}. Lives for one turn; one
 * thread.
 *
 * <pre>
 *   of a turn: up to where rows were filed then; of each change: feed, position, length of the row,
 *     the row; an empty one was taken out
 * </pre>
 *
 * Numbers are varints.
 */
final class TurnRows {
  private static final byte[] OUT = {};

  private final SubsetDraft draft;
  private final List<Change> changes = new ArrayList<>();

  TurnRows(SubsetDraft draft) {
    this.draft = draft;
  }

  /** A row that a feed gets, or that was taken out. */
  record Change(int feed, RowPage.Row row) {}

  /**
   * What a turn's record says.
   *
   * @param base up to here rows were filed
   */
  record Logged(long base, List<Change> changes) {}

  void put(int feed, long seq, byte[] row) {
    changes.add(new Change(feed, new RowPage.Row(seq, row)));
    draft.advanced(feed);
  }

  void delete(int feed, long seq) {
    changes.add(new Change(feed, new RowPage.Row(seq, OUT)));
    draft.advanced(feed);
  }

  /** Puts what the turn changed. */
  void put() {
    if (changes.isEmpty()) {
      return;
    }
    KnownAudiences known = draft.known();
    RecentRows recent = known.rows();
    List<Change> mine = List.copyOf(changes);
    changes.clear();
    if (recent.count() + mine.size() >= known.filedTogether()) {
      file(recent, mine);
    } else {
      long turn = recent.nextTurn();
      draft.put(SubsetKeys.turn(turn), encode(recent.base(), mine));
      draft.afterwards(() -> recent.add(turn, mine));
    }
  }

  private void file(RecentRows recent, List<Change> mine) {
    NavigableMap<Integer, NavigableMap<Long, byte[]>> all = new TreeMap<>();
    recent.moment().feeds().forEach((feed, rows) -> all.put(feed, new TreeMap<>(rows)));
    long end = 0;
    for (Change change : mine) {
      all.computeIfAbsent(change.feed(), first -> new TreeMap<>())
          .put(change.row().seq(), change.row().value());
      end = Math.max(end, change.row().seq());
    }
    new RowFiling(draft, recent.base()).file(all);
    recent.turns().forEach(turn -> draft.delete(SubsetKeys.turn(turn)));
    long last = end;
    draft.afterwards(() -> recent.filed(last));
  }

  static byte[] encode(long base, List<Change> changes) {
    RecordBytes out = new RecordBytes();
    out.number(base);
    for (Change change : changes) {
      out.number(change.feed());
      out.number(change.row().seq());
      out.bytes(change.row().value());
    }
    return out.toArray();
  }

  static Logged decode(byte[] record) {
    try {
      RecordBytes in = new RecordBytes(record);
      long base = in.number();
      List<Change> changes = new ArrayList<>();
      while (in.isLeft()) {
        int feed = in.count();
        changes.add(new Change(feed, new RowPage.Row(in.number(), in.bytes())));
      }
      return new Logged(base, changes);
    } catch (RuntimeException e) {
      throw new StoreException("a record of what feeds got is damaged", e);
    }
  }
}
