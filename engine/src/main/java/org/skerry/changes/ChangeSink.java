package org.skerry.changes;

import java.util.List;
import org.skerry.revision.Leaf;
import org.skerry.store.Seq;
import org.skerry.store.StoredDocument;

/**
 * Takes the rows of a feed. Called by the reading thread; it may block, as it does when its client
 * is slow. An exception it throws ends the reading and reaches the caller.
 */
@FunctionalInterface
public interface ChangeSink {
  /**
   * One row.
   *
   * @param document with the fields that the request wants, perhaps more
   * @param revisions those to be shown, winner first; never empty
   * @return whether to go on
   */
  boolean change(StoredDocument document, List<Leaf> revisions);

  /**
   * Called now and then while nothing passes the filter, so that a heartbeat can be sent, and a
   * reader that went away is noticed.
   *
   * @param at everything up to here was looked at
   * @return whether to go on
   */
  default boolean idle(Seq at) {
    return true;
  }
}
