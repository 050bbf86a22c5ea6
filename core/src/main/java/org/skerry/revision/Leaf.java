package org.skerry.revision;

import java.util.Comparator;

/**
 * A revision that nobody followed.
 *
 * @param deleted whether it is a tombstone
 */
public record Leaf(RevId rev, boolean deleted) {
  /**
   * Winner first: live before deleted, then the higher generation, then the higher hash. As CouchDB
   * (couch_doc:to_doc_info), so that every replica picks the same.
   */
  public static final Comparator<Leaf> WINNER_FIRST =
      Comparator.comparing(Leaf::deleted).thenComparing(Leaf::rev, Comparator.reverseOrder());
}
