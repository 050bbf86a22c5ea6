package org.skerry.store.subset;

import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.skerry.store.ChangeRange;

/**
 * A site's rows and everyone's, in one order. A position belongs to one document: where both have a
 * row the site's own word counts. One thread.
 */
final class MergedRows implements AutoCloseable {
  private final FeedRows own;
  private final @Nullable FeedRows everyones;
  private final boolean descending;

  private MergedRows(int feed, boolean descending, IntFunction<FeedRows> rows) {
    this.descending = descending;
    own = rows.apply(feed);
    everyones = feed == Audience.EVERYONE ? null : rows.apply(Audience.EVERYONE);
  }

  static MergedRows of(Feeds feeds, int feed, ChangeRange range) {
    long first = range.since().number() + 1;
    return range.descending()
        ? new MergedRows(feed, true, one -> feeds.back(one, first, range.last()))
        : new MergedRows(feed, false, one -> feeds.from(one, first));
  }

  /** The rows before a position, newest first. */
  static MergedRows backwards(Feeds feeds, int feed, long before) {
    return new MergedRows(feed, true, one -> feeds.back(one, 1, before - 1));
  }

  private FeedRows current() {
    RowPage.Row one = own.current();
    RowPage.Row other = everyones == null ? null : everyones.current();
    if (everyones == null || other == null) {
      return own;
    }
    boolean inFront =
        one != null && (descending ? one.seq() >= other.seq() : one.seq() <= other.seq());
    return inFront ? own : everyones;
  }

  /** The next row, or null behind the last. */
  RowPage.@Nullable Row row() {
    return current().current();
  }

  /** Whose row it is. */
  int feed() {
    return current().feed();
  }

  void advance() {
    FeedRows current = current();
    RowPage.Row row = current.current();
    if (row == null) {
      return;
    }
    current.advance();
    if (everyones != null && current == own) {
      RowPage.Row same = everyones.current();
      if (same != null && same.seq() == row.seq()) {
        everyones.advance();
      }
    }
  }

  @Override
  public void close() {
    own.close();
    if (everyones != null) {
      everyones.close();
    }
  }
}
