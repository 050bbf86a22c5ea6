package org.skerry.index;

import java.util.AbstractList;

/** Some of a leaf's rows, which are looked at when asked for. */
final class LeafRows extends AbstractList<Row> {
  private final Node leaf;
  private final int from;
  private final int to;

  LeafRows(Node leaf, int from, int to) {
    this.leaf = leaf;
    this.from = from;
    this.to = to;
  }

  @Override
  public Row get(int index) {
    if (index < 0 || index >= size()) {
      throw new IndexOutOfBoundsException(index);
    }
    return leaf.row(from + index);
  }

  @Override
  public int size() {
    return to - from;
  }
}
