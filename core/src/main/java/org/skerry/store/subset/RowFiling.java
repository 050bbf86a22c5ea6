package org.skerry.store.subset;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.skerry.store.ordered.OrderedCursor;
import org.skerry.store.ordered.OrderedView;

/**
 * Files rows in pages. New ones get pages of their own behind all others; pages with rows that were
 * taken out or changed are written anew. Lives for one turn; one thread.
 */
final class RowFiling {
  private final SubsetDraft draft;
  private final long base;

  /**
   * @param base rows up to here are filed, and no others
   */
  RowFiling(SubsetDraft draft, long base) {
    this.draft = draft;
    this.base = base;
  }

  /**
   * Files rows.
   *
   * @param feeds each feed's rows; empty where one was taken out
   */
  void file(Map<Integer, RowList> feeds) {
    NavigableMap<Integer, NavigableMap<Long, byte[]>> known = new TreeMap<>();
    new TreeMap<>(feeds)
        .forEach(
            (feed, rows) -> {
              Iterator<RowPage.Row> changed = rows.rows(0, base, false);
              if (changed.hasNext()) {
                NavigableMap<Long, byte[]> changes = new TreeMap<>();
                changed.forEachRemaining(row -> changes.put(row.seq(), row.value()));
                known.put(feed, changes);
              }
              add(feed, rows.rows(base + 1, Long.MAX_VALUE, false));
            });
    if (!known.isEmpty()) {
      try (OrderedView view = draft.before();
          OrderedCursor pages = view.cursor()) {
        known.forEach((feed, rows) -> change(pages, feed, rows));
      }
    }
  }

  private void add(int feed, Iterator<RowPage.Row> rows) {
    List<RowPage.Row> page = new ArrayList<>();
    while (rows.hasNext()) {
      RowPage.Row row = rows.next();
      if (!row.isOut()) {
        page.add(row);
      }
      if (page.size() == RowPage.ROWS) {
        put(feed, page);
      }
    }
    put(feed, page);
  }

  private void put(int feed, List<RowPage.Row> page) {
    if (!page.isEmpty()) {
      long at = page.getFirst().seq();
      draft.put(SubsetKeys.row(feed, at), RowPage.encode(at, page));
      page.clear();
    }
  }

  private void change(OrderedCursor pages, int feed, NavigableMap<Long, byte[]> changes) {
    NavigableMap<Long, byte[]> left = changes;
    while (!left.isEmpty()) {
      Map.Entry<Long, byte[]> first = left.firstEntry();
      boolean found =
          pages.seekBack(SubsetKeys.row(feed, first.getKey()))
              && SubsetKeys.startsWith(pages.key(), SubsetKeys.rows(feed));
      NavigableMap<Long, byte[]> page = found ? page(pages) : new TreeMap<>();
      if (page.isEmpty() || page.lastKey() < first.getKey()) {
        // Stands between pages, if it is to stand anywhere.
        put(feed, rows(left.headMap(first.getKey(), true)));
        left = left.tailMap(first.getKey(), false);
      } else {
        long last = page.lastKey();
        page.putAll(left.headMap(last, true));
        rewrite(pages.key(), rows(page));
        left = left.tailMap(last, false);
      }
    }
  }

  private static NavigableMap<Long, byte[]> page(OrderedCursor pages) {
    NavigableMap<Long, byte[]> rows = new TreeMap<>();
    RowPage.decode(pages.key(), pages.value()).forEach(row -> rows.put(row.seq(), row.value()));
    return rows;
  }

  private static List<RowPage.Row> rows(NavigableMap<Long, byte[]> rows) {
    List<RowPage.Row> standing = new ArrayList<>();
    rows.forEach((seq, value) -> standing.add(new RowPage.Row(seq, value)));
    standing.removeIf(RowPage.Row::isOut);
    return standing;
  }

  private void rewrite(byte[] key, List<RowPage.Row> rows) {
    if (rows.isEmpty()) {
      draft.delete(key);
    } else {
      draft.put(key, RowPage.encode(SubsetKeys.seqOf(key), rows));
    }
  }
}
