package org.skerry.revision;

import java.util.Arrays;

/** Parts of a tree, each found in one pass over its rows. */
final class TreeCut {
  private static final int UNTOUCHED = 0;

  private TreeCut() {}

  /**
   * Marks the rows of the newest revisions of each branch. A revision may stay as long as its
   * luckiest child says; children stand before their parents, so one pass is enough however many
   * leaves there are.
   *
   * @param limit how many revisions of each leaf's branch, from 1
   */
  static boolean[] newest(RevTree tree, int limit) {
    boolean[] kept = new boolean[tree.rows()];
    int[] left = new int[tree.rows()];
    for (int row = 0; row < kept.length; row++) {
      if (!tree.isFirstRow(row)) {
        left[row] = left[row - 1];
      } else if (left[row] == UNTOUCHED) {
        left[row] = limit;
      }
      kept[row] = left[row] > 0;
      int parent = tree.parent(row);
      if (parent >= 0) {
        // Below zero and not zero: a revision whose children are all forgotten is no leaf.
        int allowed = left[row] > 1 ? left[row] - 1 : -1;
        left[parent] = left[parent] == UNTOUCHED ? allowed : Math.max(left[parent], allowed);
      }
    }
    return kept;
  }

  /** The kept revisions, and the links between them. */
  static RevTree keep(RevTree tree, boolean[] kept) {
    boolean[] linked = new boolean[kept.length];
    boolean all = true;
    for (int row = 0; row < kept.length; row++) {
      int parent = tree.parent(row);
      linked[row] = kept[row] && parent >= 0 && kept[parent];
      all &= kept[row];
    }
    return all ? tree : cut(tree, kept, linked);
  }

  /** The revisions that are not kept, and those that link to them or that they link to. */
  static RevTree rest(RevTree tree, boolean[] kept) {
    boolean[] linked = new boolean[kept.length];
    boolean[] wanted = new boolean[kept.length];
    for (int row = 0; row < kept.length; row++) {
      int parent = tree.parent(row);
      linked[row] = parent >= 0 && !(kept[row] && kept[parent]);
      wanted[row] |= !kept[row] || linked[row];
      if (linked[row]) {
        wanted[parent] = true;
      }
    }
    // A revision with several parents is wanted with all its rows, or with none.
    for (int row = kept.length - 2; row >= 0; row--) {
      wanted[row] |= wanted[row + 1] && !tree.isFirstRow(row + 1);
    }
    for (int row = 1; row < kept.length; row++) {
      wanted[row] |= wanted[row - 1] && !tree.isFirstRow(row);
    }
    return cut(tree, wanted, linked);
  }

  /**
   * The tree of some rows.
   *
   * @param wanted rows whose revision stays: all of its rows or none
   * @param linked rows whose parent stays its parent; both stay
   */
  private static RevTree cut(RevTree tree, boolean[] wanted, boolean[] linked) {
    int[] newRow = new int[wanted.length];
    int[] oldRow = new int[wanted.length];
    int rows = 0;
    for (int row = 0; row < wanted.length; row++) {
      if (tree.isFirstRow(row)) {
        newRow[row] = rows;
      }
      boolean lastRow = row + 1 == wanted.length || tree.isFirstRow(row + 1);
      boolean none = rows == 0 || !tree.rev(oldRow[rows - 1]).equals(tree.rev(row));
      if (linked[row] || wanted[row] && lastRow && none) {
        oldRow[rows++] = row;
      }
    }
    RevId[] revs = new RevId[rows];
    int[] parents = new int[rows];
    boolean[] deleted = new boolean[rows];
    Arrays.fill(parents, RevTree.NO_PARENT);
    for (int row = 0; row < rows; row++) {
      revs[row] = tree.rev(oldRow[row]);
      deleted[row] = tree.deleted(oldRow[row]);
      if (linked[oldRow[row]]) {
        parents[row] = newRow[tree.parent(oldRow[row])];
      }
    }
    return new RevTree(revs, parents, deleted);
  }
}
