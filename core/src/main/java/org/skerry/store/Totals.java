package org.skerry.store;

/**
 * What a database counts as it writes, so that nobody has to.
 *
 * @param documents whose winner is live
 * @param tombstones whose winner is a tombstone
 * @param conflicted documents with more than one live leaf
 * @param purges how often documents were purged: the number of the last {@link PurgeLog.Purge}
 */
public record Totals(long documents, long tombstones, long conflicted, long purges) {
  public static final Totals NONE = new Totals(0, 0, 0, 0);
}
