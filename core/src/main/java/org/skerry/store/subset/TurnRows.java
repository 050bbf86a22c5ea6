package org.skerry.store.subset;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.skerry.store.StoreException;

/**
 * What one turn changes in feeds. Most feeds get a row or two of many documents, and a record each
 * is what that costs; so a turn puts all of them in one record, and one that finds many such
 * records of others files those, by feed and many rows to a {@link RowPage}. A turn of very many
 * rows puts several records, since none may be longer than an array. Lives for one turn; one
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

  /** What stands around a row at most, its feed and position being less than four bytes each. */
  private static final int AROUND_ROW = 12;

  /** A record ends behind the row that reaches this; opening reads each as a whole. */
  private static final int RECORD_BYTES = 16 << 20;

  private final SubsetDraft draft;
  private final int recordBytes;

  /** By feed, each feed's in the order in which they were said. */
  private Map<Integer, List<RowPage.Row>> changes = new HashMap<>();

  TurnRows(SubsetDraft draft) {
    this(draft, RECORD_BYTES);
  }

  /**
   * @param recordBytes a record ends behind the row that reaches this
   */
  TurnRows(SubsetDraft draft, int recordBytes) {
    this.draft = draft;
    this.recordBytes = recordBytes;
  }

  /**
   * What a turn's record says.
   *
   * @param base up to here rows were filed
   * @param changes rows that feeds got, or that were taken out
   */
  record Logged(long base, Map<Integer, List<RowPage.Row>> changes) {}

  void put(int feed, long seq, byte[] row) {
    of(feed).add(new RowPage.Row(seq, row));
  }

  void putAll(int feed, List<RowPage.Row> rows) {
    of(feed).addAll(rows);
  }

  void delete(int feed, long seq) {
    of(feed).add(new RowPage.Row(seq, OUT));
  }

  private List<RowPage.Row> of(int feed) {
    return of(changes, feed);
  }

  private static List<RowPage.Row> of(Map<Integer, List<RowPage.Row>> changes, int feed) {
    return changes.computeIfAbsent(feed, first -> new ArrayList<>(0));
  }

  /**
   * Puts what the turn changed, and files what the turns before it did when that is much. It is
   * durable, so that nothing in memory has to wait for this turn to be.
   */
  void put() {
    if (changes.isEmpty()) {
      return;
    }
    KnownAudiences known = draft.known();
    RecentRows recent = known.rows();
    Map<Integer, List<RowPage.Row>> mine = changes;
    changes = new HashMap<>();
    mine.keySet().forEach(draft::advanced);
    boolean files = recent.count() >= known.filedTogether();
    if (files && recent.beginsFiling(draft)) {
      new RowFiling(draft, recent.base()).file(recent.moment().feeds());
      recent.turns().forEach(filed -> draft.delete(SubsetKeys.turn(filed)));
      draft.afterwards(recent::filed);
    }
    long base = files ? recent.moment().end() : recent.base();
    List<Long> turns = log(recent, base, mine);
    draft.afterwards(() -> recent.add(turns, mine));
  }

  /** Puts the turn's records; returns their numbers. */
  private List<Long> log(RecentRows recent, long base, Map<Integer, List<RowPage.Row>> changes) {
    List<Long> turns = new ArrayList<>();
    int length = length(changes);
    RecordBytes out = begin(base, length);
    for (Map.Entry<Integer, List<RowPage.Row>> change : changes.entrySet()) {
      for (RowPage.Row row : change.getValue()) {
        if (out.length() >= recordBytes) {
          turns.add(put(recent, out));
          out = begin(base, length);
        }
        out.number(change.getKey());
        out.number(row.seq());
        out.bytes(row.value());
      }
    }
    turns.add(put(recent, out));
    return turns;
  }

  /** About as many bytes as a record of all of them has, or one of those that follow each other. */
  private int length(Map<Integer, List<RowPage.Row>> changes) {
    long length = 2 * AROUND_ROW;
    for (List<RowPage.Row> rows : changes.values()) {
      for (RowPage.Row row : rows) {
        length += row.value().length + AROUND_ROW;
      }
    }
    return (int) Math.min(length, recordBytes + (long) AROUND_ROW);
  }

  private static RecordBytes begin(long base, int length) {
    RecordBytes out = new RecordBytes(length);
    out.number(base);
    return out;
  }

  private long put(RecentRows recent, RecordBytes out) {
    long turn = recent.nextTurn();
    draft.put(SubsetKeys.turn(turn), out.toArray());
    return turn;
  }

  static Logged decode(byte[] record) {
    try {
      RecordBytes in = new RecordBytes(record);
      long base = in.number();
      Map<Integer, List<RowPage.Row>> changes = new HashMap<>();
      while (in.isLeft()) {
        int feed = in.count();
        of(changes, feed).add(new RowPage.Row(in.number(), in.bytes()));
      }
      return new Logged(base, changes);
    } catch (RuntimeException e) {
      throw new StoreException("a record of what feeds got is damaged", e);
    }
  }
}
