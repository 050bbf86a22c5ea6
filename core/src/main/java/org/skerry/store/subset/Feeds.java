package org.skerry.store.subset;

import org.skerry.store.ordered.OrderedView;

/**
 * The rows of all feeds at one moment.
 *
 * @param moment taken before the view
 */
record Feeds(RecentRows.Moment moment, OrderedView view) {
  /**
   * With what was written since as well. For whoever does not go on behind the moment's end: a row
   * that moves meanwhile is found where it was, or where it is, or twice.
   */
  Feeds toTheLast() {
    return new Feeds(new RecentRows.Moment(moment.feeds(), Long.MAX_VALUE), view);
  }

  /** A feed's rows from a position on. */
  FeedRows from(int feed, long position) {
    return new FeedRows(view, moment, feed, position, Long.MAX_VALUE, false);
  }

  /** A feed's rows between two positions, both included, newest first. */
  FeedRows back(int feed, long least, long most) {
    return new FeedRows(view, moment, feed, least, most, true);
  }

  /** The position of a feed's last row; 0 when it has none. */
  long last(int feed) {
    try (FeedRows rows = back(feed, 1, Long.MAX_VALUE)) {
      RowPage.Row last = rows.current();
      return last == null ? 0 : last.seq();
    }
  }
}
