package org.skerry.http.couch;

import org.skerry.store.Sizes;
import org.skerry.store.Totals;

/**
 * When a database is worth compacting by itself: as CouchDB's smoosh, by the ratio of what there is
 * to what is needed, and by the bytes that would come free. Both are judged by the number of bodies
 * that newer revisions made superfluous, which the store counts as it writes; so looking costs
 * nothing.
 *
 * @param ratio of all bodies to those of leaves, from which a database is compacted; from 1
 * @param leastBytes smaller databases are left alone by the ratio
 * @param slackBytes so much to come free is reason enough, whatever the ratio is
 */
public record CompactionRule(double ratio, long leastBytes, long slackBytes) {
  /** CouchDB's ratio, least size and slack. */
  public static final CompactionRule DEFAULT = new CompactionRule(2, 1 << 20, 512 << 20);

  public CompactionRule {
    if (ratio < 1) {
      throw new IllegalArgumentException("there are never fewer bodies than leaves: " + ratio);
    }
  }

  /**
   * Whether to compact.
   *
   * @param kept how many superseded bodies the last compaction left, because an open conflict needs
   *     them
   */
  boolean wants(Sizes sizes, Totals totals, long kept) {
    long live = Math.max(1, totals.documents() + totals.tombstones());
    long superseded = Math.max(0, sizes.superseded() - kept);
    double slack = (double) superseded * sizes.active() / live;
    boolean byRatio =
        sizes.file() >= leastBytes && superseded > 0 && live + superseded >= ratio * live;
    return byRatio || slack >= slackBytes;
  }
}
