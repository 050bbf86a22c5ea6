package org.skerry.store.subset;

import org.skerry.store.ChangeRange;
import org.skerry.store.ordered.OrderedCursor;
import org.skerry.store.ordered.OrderedView;

/**
 * A site's rows and everyone's, in one order. A position belongs to one document: where both have a
 * row the site's own word counts. One thread.
 */
final class MergedRows implements AutoCloseable {
  private final OrderedCursor[] cursors;
  private final byte[][] prefixes;
  private final boolean[] stands = new boolean[2];
  private final boolean descending;
  private final long since;
  private int current;

  MergedRows(OrderedView view, int feed, ChangeRange range) {
    this(view, feed, range.descending(), range.since().number(), Long.MAX_VALUE);
  }

  /** The rows before a position, newest first. */
  static MergedRows backwards(OrderedView view, int feed, long before) {
    return new MergedRows(view, feed, true, 0, before - 1);
  }

  private MergedRows(OrderedView view, int feed, boolean descending, long since, long last) {
    this.descending = descending;
    this.since = since;
    prefixes = new byte[][] {SubsetKeys.rows(feed), SubsetKeys.rows(Audience.EVERYONE)};
    cursors = new OrderedCursor[] {view.cursor(), view.cursor()};
    int[] feeds = {feed, Audience.EVERYONE};
    for (int i = 0; i < 2; i++) {
      boolean found =
          descending
              ? cursors[i].seekBack(SubsetKeys.row(feeds[i], last))
              : cursors[i].seek(SubsetKeys.row(feeds[i], since + 1));
      stands[i] = found && inside(i);
    }
    stands[1] &= feed != Audience.EVERYONE;
    choose();
  }

  private boolean inside(int i) {
    return SubsetKeys.startsWith(cursors[i].key(), prefixes[i])
        && SubsetKeys.seqOf(cursors[i].key()) > since;
  }

  private void choose() {
    if (stands[0] && stands[1]) {
      long one = SubsetKeys.seqOf(cursors[0].key());
      long other = SubsetKeys.seqOf(cursors[1].key());
      current = (descending ? one >= other : one <= other) ? 0 : 1;
    } else {
      current = stands[0] ? 0 : 1;
    }
  }

  boolean valid() {
    return stands[current];
  }

  byte[] key() {
    return cursors[current].key();
  }

  byte[] value() {
    return cursors[current].value();
  }

  void advance() {
    long seq = SubsetKeys.seqOf(cursors[current].key());
    move(current);
    if (stands[1] && SubsetKeys.seqOf(cursors[1].key()) == seq) {
      move(1);
    }
    choose();
  }

  private void move(int i) {
    stands[i] = (descending ? cursors[i].previous() : cursors[i].next()) && inside(i);
  }

  @Override
  public void close() {
    cursors[0].close();
    cursors[1].close();
  }
}
