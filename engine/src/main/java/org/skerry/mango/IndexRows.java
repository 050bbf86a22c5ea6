package org.skerry.mango;

import java.util.Optional;
import org.skerry.database.Database;
import org.skerry.document.DocId;

/** The rows of a node's JSON indexes. Any thread may call. */
interface IndexRows {
  /**
   * Brings an index up to date, and waits for it.
   *
   * @throws org.skerry.store.StoreException when it cannot be built
   */
  void catchUp(Database database, MangoIndex.Json index);

  /** Visits rows in the order of an index, from a moment's state of it. */
  void read(Database database, MangoIndex.Json index, Part part, RowVisitor visitor);

  /**
   * Which rows to visit.
   *
   * @param after the last row that is not wanted any more; none begins at the range's beginning
   * @param descending whether from the highest down
   */
  record Part(KeyRange range, Optional<Bookmark> after, boolean descending) {}

  /** Takes rows one by one. */
  @FunctionalInterface
  interface RowVisitor {
    /**
     * One row.
     *
     * @param key as JSON: an array with a value for each column
     * @return whether to go on
     */
    boolean visit(DocId id, byte[] key);
  }
}
