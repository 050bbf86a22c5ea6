package org.skerry.revision;

import java.util.Arrays;

/**
 * All facts of two trees, in one pass over both: their rows stand in the same order.
 *
 * <p>A <i>place</i> is a revision's rank among those of both trees. Parents are compared by place,
 * so no revision is looked up.
 */
final class TreeUnion {
  private final RevTree one;
  private final RevTree other;

  /** Place of each row's revision. */
  private final int[] placesOfOne;

  private final int[] placesOfOther;
  private final RevId[] revs;
  private final boolean[] deleted;
  private int places;

  private TreeUnion(RevTree one, RevTree other) {
    this.one = one;
    this.other = other;
    this.placesOfOne = new int[one.rows()];
    this.placesOfOther = new int[other.rows()];
    this.revs = new RevId[one.rows() + other.rows()];
    this.deleted = new boolean[revs.length];
  }

  static RevTree of(RevTree one, RevTree other) {
    TreeUnion union = new TreeUnion(one, other);
    union.rank();
    return union.join();
  }

  private void rank() {
    int i = 0;
    int j = 0;
    while (i < one.rows() || j < other.rows()) {
      int order = i == one.rows() ? -1 : j == other.rows() ? 1 : one.rev(i).compareTo(other.rev(j));
      RevId rev = order >= 0 ? one.rev(i) : other.rev(j);
      revs[places] = rev;
      if (order >= 0) {
        i = rank(one, i, placesOfOne);
      }
      if (order <= 0) {
        j = rank(other, j, placesOfOther);
      }
      places++;
    }
  }

  /** Gives all rows of one revision their place, and returns the row behind them. */
  private int rank(RevTree tree, int from, int[] placesOfRows) {
    int row = from;
    do {
      placesOfRows[row] = places;
      deleted[places] |= tree.deleted(row);
      row++;
    } while (row < tree.rows() && !tree.isFirstRow(row));
    return row;
  }

  /**
   * Writes for each place the rows of its parents in both trees, each once and the greatest first.
   */
  private RevTree join() {
    int[] firstRow = new int[places];
    int[] placeOfRow = new int[revs.length];
    int[] parentOfRow = new int[revs.length];
    int rows = 0;
    int i = 0;
    int j = 0;
    for (int place = 0; place < places; place++) {
      firstRow[place] = rows;
      while (true) {
        int left = parent(one, placesOfOne, i, place);
        int right = parent(other, placesOfOther, j, place);
        if (left == Integer.MAX_VALUE && right == Integer.MAX_VALUE) {
          break;
        }
        int parent = Math.min(left, right);
        i += left == parent ? 1 : 0;
        j += right == parent ? 1 : 0;
        if (parent >= 0) {
          placeOfRow[rows] = place;
          parentOfRow[rows++] = parent;
        }
      }
      if (rows == firstRow[place]) {
        placeOfRow[rows] = place;
        parentOfRow[rows++] = RevTree.NO_PARENT;
      }
    }
    return tree(rows, firstRow, placeOfRow, parentOfRow);
  }

  /** The place of a row's parent; the greatest number when the row belongs to another place. */
  private static int parent(RevTree tree, int[] placesOfRows, int row, int place) {
    if (row == tree.rows() || placesOfRows[row] != place) {
      return Integer.MAX_VALUE;
    }
    int parent = tree.parent(row);
    return parent < 0 ? RevTree.NO_PARENT : placesOfRows[parent];
  }

  private RevTree tree(int rows, int[] firstRow, int[] placeOfRow, int[] parentOfRow) {
    RevId[] joined = new RevId[rows];
    boolean[] tombstones = new boolean[rows];
    int[] parents = Arrays.copyOf(parentOfRow, rows);
    for (int row = 0; row < rows; row++) {
      joined[row] = revs[placeOfRow[row]];
      tombstones[row] = deleted[placeOfRow[row]];
      if (parents[row] >= 0) {
        parents[row] = firstRow[parents[row]];
      }
    }
    return new RevTree(joined, parents, tombstones);
  }
}
