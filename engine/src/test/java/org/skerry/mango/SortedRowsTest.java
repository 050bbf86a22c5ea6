package org.skerry.mango;

/**
 * The planner and the search against the definition, from indexes that are sorted anew each time.
 */
class SortedRowsTest extends QueryDuel {
  @Override
  IndexRows rows() {
    return new SortedRows();
  }
}
