package org.skerry.index;

import java.util.Arrays;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Walks through a tree's rows in either direction. One thread. */
final class RowCursor {
  private final Nodes nodes;
  private final Optional<Long> root;

  /** From the root to the leaf: nodes, and the entry taken in each. */
  private @Nullable Node[] path = new Node[8];

  private int[] entries = new int[8];

  /** How many nodes are in the path; 0 while it stands on no row. */
  private int depth;

  RowCursor(Nodes nodes, Optional<Long> root) {
    this.nodes = nodes;
    this.root = root;
  }

  /** Goes to the first row that is not below the key. */
  boolean seek(byte[] key) {
    return descend(key) && (entries[depth - 1] < leaf().count() || climb(1));
  }

  /** Goes to the last row that is below the key; to the last of all without one. */
  boolean seekBelow(Optional<byte[]> key) {
    return key.isPresent() ? seekBelow(key.get()) : seekLast();
  }

  private boolean seekLast() {
    depth = 0;
    if (root.isEmpty()) {
      return false;
    }
    enterEnd(nodes.load(root.get()), false);
    return true;
  }

  private boolean seekBelow(byte[] key) {
    return descend(key) && previous();
  }

  /** Goes to the row that so many others stand before. */
  boolean seekRank(long rank) {
    depth = 0;
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
        depth = 0;
        return false;
      }
      enter(node, child);
      node = nodes.child(node, child);
    }
    if (left >= node.count()) {
      depth = 0;
      return false;
    }
    enter(node, (int) left);
    return true;
  }

  boolean next() {
    Node leaf = leaf();
    return ++entries[depth - 1] < leaf.count() || climb(1);
  }

  boolean previous() {
    requireRow();
    return --entries[depth - 1] >= 0 || climb(-1);
  }

  /** The row on which it stands. */
  LeafEntry row() {
    return leaf().row(entries[depth - 1]);
  }

  /**
   * Goes to the first row behind an edge in the direction of travel, and gathers the rows up to
   * there: of nodes that lie before it as a whole only their parents are asked.
   *
   * @param edge a row key: the first that is not passed, or, downwards, the last that is
   */
  boolean pass(byte[] edge, boolean descending, PartStates parts) {
    boolean behind = passRows(edge, descending, parts);
    while (!behind) {
      if (--depth == 0) {
        return false;
      }
      behind = passChildren(edge, descending, parts);
    }
    return true;
  }

  /** The rows of its leaf from its own on; whether the edge comes before the leaf's end. */
  private boolean passRows(byte[] edge, boolean descending, PartStates parts) {
    Node leaf = leaf();
    int at = entries[depth - 1];
    int end = edge(leaf, edge, descending);
    entries[depth - 1] = end;
    if (descending) {
      parts.rows(leaf, end + 1, at + 1);
      return end >= 0;
    }
    parts.rows(leaf, at, end);
    return end < leaf.count();
  }

  /** The children of a node beside the one that was passed, up to one in which the edge may be. */
  private boolean passChildren(byte[] edge, boolean descending, PartStates parts) {
    Node node = inPath(depth - 1);
    int child = entries[depth - 1] + (descending ? -1 : 1);
    if (child < 0 || child == node.count()) {
      return false;
    }
    int end = descending ? node.childBefore(edge, child) : node.childOf(edge, child);
    while (child < end) {
      parts.child(node, child++);
    }
    while (child > end) {
      parts.child(node, child--);
    }
    entries[depth - 1] = end;
    enterEnd(nodes.child(node, end), !descending);
    return passRows(edge, descending, parts);
  }

  /** Goes to the first row behind an edge in the direction of travel. */
  boolean leave(byte[] edge, boolean descending) {
    Node leaf = leaf();
    int end = edge(leaf, edge, descending);
    if (end >= 0 && end < leaf.count()) {
      entries[depth - 1] = end;
      return true;
    }
    return descending ? seekBelow(edge) : seek(edge);
  }

  /** The first entry of its leaf behind an edge, or -1 or the number of the leaf's entries. */
  private int edge(Node leaf, byte[] edge, boolean descending) {
    int at = entries[depth - 1];
    return descending
        ? leaf.firstFrom(edge, 0, at + 1) - 1
        : leaf.firstFrom(edge, at, leaf.count());
  }

  private Node leaf() {
    requireRow();
    return inPath(depth - 1);
  }

  private void requireRow() {
    if (depth == 0) {
      throw new NoSuchElementException("the cursor stands on no row");
    }
  }

  private Node inPath(int at) {
    return Objects.requireNonNull(path[at]);
  }

  /** Goes to the leaf in whose part of the order the key is, to the first row not below it. */
  private boolean descend(byte[] key) {
    depth = 0;
    if (root.isEmpty()) {
      return false;
    }
    Node node = nodes.load(root.get());
    while (!node.isLeaf()) {
      int child = node.childOf(key);
      enter(node, child);
      node = nodes.child(node, child);
    }
    enter(node, node.firstFrom(key));
    return true;
  }

  private void enter(Node node, int entry) {
    if (depth == entries.length) {
      entries = Arrays.copyOf(entries, 2 * depth);
      path = Arrays.copyOf(path, 2 * depth);
    }
    entries[depth] = entry;
    path[depth++] = node;
  }

  /** Leaves nodes that are at their end, and enters the next ones. */
  private boolean climb(int step) {
    while (--depth > 0) {
      Node node = inPath(depth - 1);
      int child = entries[depth - 1] + step;
      if (child >= 0 && child < node.count()) {
        entries[depth - 1] = child;
        enterEnd(nodes.child(node, child), step > 0);
        return true;
      }
    }
    return false;
  }

  /** Goes down from a node to its first row or its last. */
  private void enterEnd(Node top, boolean first) {
    Node node = top;
    while (!node.isLeaf()) {
      int child = first ? 0 : node.count() - 1;
      enter(node, child);
      node = nodes.child(node, child);
    }
    enter(node, first ? 0 : node.count() - 1);
  }
}
