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

  /** With one document more. */
  Totals plus(boolean deleted, boolean isConflicted) {
    return counted(deleted, isConflicted, 1);
  }

  /** With one document less. */
  Totals minus(boolean deleted, boolean isConflicted) {
    return counted(deleted, isConflicted, -1);
  }

  private Totals counted(boolean deleted, boolean isConflicted, int by) {
    return new Totals(
        documents + (deleted ? 0 : by),
        tombstones + (deleted ? by : 0),
        conflicted + (isConflicted ? by : 0),
        purges);
  }

  /** After one more purge. */
  Totals purged() {
    return new Totals(documents, tombstones, conflicted, purges + 1);
  }
}
