package org.skerry.store.subset;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.skerry.store.ordered.OrderedCursor;
import org.skerry.store.ordered.OrderedView;

/** One feed's rows in one order: those of its pages, and what came since. One thread. */
final class FeedRows implements AutoCloseable {
  private final OrderedCursor pages;
  private final int feed;
  private final boolean descending;
  private final long least;
  private final long most;
  private final Iterator<RowPage.Row> recent;

  /** What is left of the page that was opened last. */
  private Iterator<RowPage.Row> page = Collections.emptyIterator();

  /** Whether the cursor stands on a page that is to be opened. */
  private boolean closed;

  /** Whether it stands on one that was, and there may be others behind it. */
  private boolean opened;

  private RowPage.@Nullable Row filed;
  private RowPage.@Nullable Row fresh;
  private RowPage.@Nullable Row current;

  /**
   * The rows between two positions, both included.
   *
   * @param moment taken before the view
   */
  FeedRows(
      OrderedView view,
      RecentRows.Moment moment,
      int feed,
      long least,
      long last,
      boolean descending) {
    this.feed = feed;
    this.descending = descending;
    this.least = least;
    this.most = Math.min(last, moment.end());
    this.recent = moment.of(feed).rows(least, most, descending);
    this.pages = view.cursor();
    this.closed = least <= most && seek();
    filed = nextFiled();
    fresh = nextFresh();
    choose();
  }

  /** Goes to the first page that may have rows to be read. */
  private boolean seek() {
    byte[] from = SubsetKeys.row(feed, descending ? most : least);
    return pages.seekBack(from) && inside() || !descending && pages.seek(from) && inside();
  }

  private boolean inside() {
    return SubsetKeys.startsWith(pages.key(), SubsetKeys.rows(feed));
  }

  private RowPage.@Nullable Row nextFiled() {
    while (true) {
      while (page.hasNext()) {
        RowPage.Row row = page.next();
        if (row.seq() >= least && row.seq() <= most) {
          return row;
        }
      }
      if (opened) {
        opened = false;
        closed = (descending ? pages.previous() : pages.next()) && inside();
      }
      if (!closed) {
        return null;
      }
      open();
    }
  }

  private void open() {
    long first = SubsetKeys.seqOf(pages.key());
    List<RowPage.Row> rows = RowPage.decode(pages.key(), pages.value());
    page = (descending ? rows.reversed() : rows).iterator();
    closed = false;
    // In front of the least there is nothing to be read, nor behind the most.
    opened = descending ? first > least : first <= most;
  }

  private RowPage.@Nullable Row nextFresh() {
    return recent.hasNext() ? recent.next() : null;
  }

  private void choose() {
    current = first();
    while (current != null && current.isOut()) {
      leave(current.seq());
      current = first();
    }
  }

  /** Where a row changed since it was filed, what came since counts. */
  private RowPage.@Nullable Row first() {
    if (filed == null || fresh == null) {
      return filed == null ? fresh : filed;
    }
    boolean inFront = descending ? filed.seq() > fresh.seq() : filed.seq() < fresh.seq();
    return inFront ? filed : fresh;
  }

  private void leave(long seq) {
    if (filed != null && filed.seq() == seq) {
      filed = nextFiled();
    }
    if (fresh != null && fresh.seq() == seq) {
      fresh = nextFresh();
    }
  }

  int feed() {
    return feed;
  }

  /** The row on which this stands, or null behind the last. */
  RowPage.@Nullable Row current() {
    return current;
  }

  void advance() {
    if (current != null) {
      leave(current.seq());
      choose();
    }
  }

  @Override
  public void close() {
    pages.close();
  }
}
