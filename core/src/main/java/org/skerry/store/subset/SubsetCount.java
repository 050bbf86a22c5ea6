package org.skerry.store.subset;

import org.skerry.store.DocumentStore;
import org.skerry.store.Seq;
import org.skerry.store.Totals;

/**
 * How many documents are in one site's subset. Counting is a walk over all of them, so the last
 * count is kept. Any thread may call.
 */
final class SubsetCount {
  private final DocumentStore whole;
  private final Subsets subsets;
  private final int feed;

  /** Counted when the feed stood there. Volatile: a value, replaced by whoever counts anew. */
  private volatile Counted counted = new Counted(Seq.ZERO, 0, Totals.NONE);

  SubsetCount(DocumentStore whole, int feed) {
    this.whole = whole;
    this.subsets = whole.subsets();
    this.feed = feed;
  }

  /** What the subset held at one moment; a purge does not move the feed's end. */
  private record Counted(Seq at, long purges, Totals totals) {}

  /** As of now. */
  Totals totals() {
    Counted known = counted;
    Seq now = subsets.now(feed);
    long purges = whole.totals().purges();
    if (!known.at().equals(now) || known.purges() != purges) {
      known = new Counted(now, purges, subsets.totals(feed));
      counted = known;
    }
    Totals totals = known.totals();
    return new Totals(totals.documents(), totals.tombstones(), totals.conflicted(), purges);
  }

  /**
   * No fewer rows than stand in the feed. Whoever reads page by page asks after every page: so they
   * are counted again when as much was written as was counted.
   */
  long most() {
    Counted known = counted;
    long written = Math.max(0, subsets.now(feed).number() - known.at().number());
    long then = known.totals().documents() + known.totals().tombstones();
    if (written <= then) {
      return then + written;
    }
    Totals all = totals();
    return all.documents() + all.tombstones();
  }
}
