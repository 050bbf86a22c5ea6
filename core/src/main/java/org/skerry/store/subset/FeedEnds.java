package org.skerry.store.subset;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Where a database's feeds end, as far as somebody asked: who asks for news asks for that several
 * times, and there is mostly none. Any thread.
 *
 * <p>A store forgets the end of a feed as soon as what changed the feed can be read, and before
 * anybody is told of it. Whoever read an older end until then noted it where nobody looks any more.
 */
public final class FeedEnds {
  /** Of so many feeds nobody notices the memory. */
  private static final int LIMIT = 50_000;

  private static final long UNREAD = -1;

  private final Map<Integer, End> known = new ConcurrentHashMap<>();

  /** The end of a feed, until it is forgotten. */
  private static final class End {
    /** Volatile: noted by whoever reads it first, and the same for all who do. */
    private volatile long seq = UNREAD;
  }

  /** The end of a feed, which is read when it is not known. */
  public long of(int feed, LongSupplier reading) {
    End end = known.get(feed);
    if (end == null) {
      if (known.size() >= LIMIT) {
        known.clear();
      }
      end = known.computeIfAbsent(feed, first -> new End());
    }
    long seq = end.seq;
    if (seq == UNREAD) {
      seq = reading.getAsLong();
      end.seq = seq;
    }
    return seq;
  }

  /** These feeds may end elsewhere now. */
  public void forget(Collection<Integer> feeds) {
    feeds.forEach(known::remove);
  }

  /** All feeds may end elsewhere, since a store was opened anew. */
  public void clear() {
    known.clear();
  }
}
