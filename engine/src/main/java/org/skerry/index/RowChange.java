package org.skerry.index;

/**
 * A row that comes, or goes.
 *
 * @param row of one that goes the row key alone counts
 */
record RowChange(LeafEntry row, boolean comes) implements Comparable<RowChange> {
  @Override
  public int compareTo(RowChange other) {
    return row.compareTo(other.row);
  }
}
