package org.skerry.index;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/** Walks through a tree's rows in either direction. One thread. */
final class RowCursor {
  private final Nodes nodes;
  private final Optional<Long> root;

  /** From the root to the leaf: nodes, and the entry taken in each. */
  private final List<Node> path = new ArrayList<>();

  private int[] entries = new int[8];

  RowCursor(Nodes nodes, Optional<Long> root) {
    this.nodes = nodes;
    this.root = root;
  }

  /** Goes to the first row that is not below the key. */
  boolean seek(byte[] key) {
    if (!descend(key)) {
      return false;
    }
    int leaf = path.size() - 1;
    return entries[leaf] < path.get(leaf).count() || climb(1);
  }

  /** Goes to the last row that is below the key; to the last of all without one. */
  boolean seekBelow(Optional<byte[]> key) {
    if (key.isEmpty()) {
      if (root.isEmpty()) {
        return false;
      }
      path.clear();
      push(root.get(), false);
      return true;
    }
    if (!descend(key.get())) {
      return false;
    }
    int leaf = path.size() - 1;
    entries[leaf]--;
    return entries[leaf] >= 0 || climb(-1);
  }

  /** Goes to the row that so many others stand before. */
  boolean seekRank(long rank) {
    path.clear();
    if (root.isEmpty() || rank < 0) {
      return false;
    }
    long left = rank;
    Node node = nodes.load(root.get());
    while (!node.isLeaf()) {
      int child = 0;
      while (child < node.count() && left >= node.childRows(child)) {
        left -= node.childRows(child++);
      }
      if (child == node.count()) {
        path.clear();
        return false;
      }
      enter(node, child);
      node = nodes.load(node.childId(child));
    }
    enter(node, (int) Math.min(left, node.count()));
    if (left >= node.count()) {
      path.clear();
      return false;
    }
    return true;
  }

  boolean next() {
    entries[leaf()]++;
    return entries[leaf()] < path.getLast().count() || climb(1);
  }

  boolean previous() {
    entries[leaf()]--;
    return entries[leaf()] >= 0 || climb(-1);
  }

  /** The row on which it stands. */
  LeafEntry row() {
    return path.get(leaf()).row(entries[leaf()]);
  }

  /**
   * Goes to the first row behind a part of the order, in which it stands, and gathers the rows
   * between: of nodes that lie in the part as a whole only their parents are asked.
   */
  boolean pass(Bounds part, boolean descending, PartStates parts) {
    boolean behind = passRows(part, descending, parts);
    while (!behind) {
      path.removeLast();
      if (path.isEmpty()) {
        return false;
      }
      behind = passChildren(part, descending, parts);
    }
    return true;
  }

  /** The rows of its leaf from its own on; whether the part ends before the leaf does. */
  private boolean passRows(Bounds part, boolean descending, PartStates parts) {
    int depth = leaf();
    Node leaf = path.get(depth);
    int at = entries[depth];
    int edge = edge(leaf, part, descending);
    if (descending) {
      parts.rows(leaf, edge + 1, at + 1);
    } else {
      parts.rows(leaf, at, edge);
    }
    entries[depth] = edge;
    return edge >= 0 && edge < leaf.count();
  }

  /** The children of a node beside the one that was passed, up to one in which the part may end. */
  private boolean passChildren(Bounds part, boolean descending, PartStates parts) {
    int depth = path.size() - 1;
    Node node = path.get(depth);
    int step = descending ? -1 : 1;
    int child = entries[depth] + step;
    while (child >= 0 && child < node.count() && isWithin(node, child, part, descending)) {
      parts.child(node, child);
      child += step;
    }
    entries[depth] = child;
    if (child < 0 || child == node.count()) {
      return false;
    }
    push(node.childId(child), !descending);
    return passRows(part, descending, parts);
  }

  /** Whether a child's rows are surely in a part that begins before them. */
  private static boolean isWithin(Node node, int child, Bounds part, boolean descending) {
    if (descending) {
      return part.from().length == 0 || child > 0 && node.compareLow(child, part.from()) >= 0;
    }
    return part.to().isEmpty()
        || child + 1 < node.count() && node.compareLow(child + 1, part.to().get()) <= 0;
  }

  /** Goes to the first row behind a part of the order, in the one of which it stands. */
  boolean leave(Bounds bounds, boolean descending) {
    Node leaf = path.get(leaf());
    int end = edge(leaf, bounds, descending);
    if (end >= 0 && end < leaf.count()) {
      entries[leaf()] = end;
      return true;
    }
    if (descending) {
      return bounds.from().length > 0 && seekBelow(Optional.of(bounds.from()));
    }
    return bounds.to().isPresent() && seek(bounds.to().get());
  }

  /** The first entry of a leaf behind a part of the order, or -1 or the number of its entries. */
  private int edge(Node leaf, Bounds part, boolean descending) {
    int at = entries[leaf()];
    if (descending) {
      return part.from().length == 0 ? -1 : leaf.firstFrom(part.from(), 0, at + 1) - 1;
    }
    return part.to().isEmpty() ? leaf.count() : leaf.firstFrom(part.to().get(), at, leaf.count());
  }

  private int leaf() {
    if (path.isEmpty()) {
      throw new NoSuchElementException("the cursor stands on no row");
    }
    return path.size() - 1;
  }

  /** Goes to the leaf in whose part of the order the key is, to the first row not below it. */
  private boolean descend(byte[] key) {
    path.clear();
    if (root.isEmpty()) {
      return false;
    }
    Node node = nodes.load(root.get());
    while (!node.isLeaf()) {
      int child = node.childOf(key);
      enter(node, child);
      node = nodes.load(node.childId(child));
    }
    enter(node, node.firstFrom(key));
    return true;
  }

  private void enter(Node node, int entry) {
    if (path.size() == entries.length) {
      entries = Arrays.copyOf(entries, 2 * entries.length);
    }
    entries[path.size()] = entry;
    path.add(node);
  }

  /** Leaves nodes that are at their end, and enters the next ones. */
  private boolean climb(int step) {
    path.removeLast();
    while (!path.isEmpty()) {
      int depth = path.size() - 1;
      Node node = path.get(depth);
      entries[depth] += step;
      if (entries[depth] >= 0 && entries[depth] < node.count()) {
        push(node.childId(entries[depth]), step > 0);
        return true;
      }
      path.removeLast();
    }
    return false;
  }

  /** Goes down from a node to its first row or its last. */
  private void push(long id, boolean first) {
    Node node = nodes.load(id);
    while (!node.isLeaf()) {
      int child = first ? 0 : node.count() - 1;
      enter(node, child);
      node = nodes.load(node.childId(child));
    }
    enter(node, first ? 0 : node.count() - 1);
  }
}
