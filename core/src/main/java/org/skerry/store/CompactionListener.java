package org.skerry.store;

/** Hears how far a compaction is. */
@FunctionalInterface
public interface CompactionListener {
  /**
   * Called now and then.
   *
   * @param done documents looked at
   * @param total documents there were at the start
   * @return whether to go on; what was done stays done
   */
  boolean progress(long done, long total);
}
