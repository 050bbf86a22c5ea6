package org.skerry.index;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads one view's tree, of one moment. Each question costs the tree's height. One thread. */
final class Tree {
  private final Nodes nodes;
  private final Optional<Child> root;
  private final List<Reduction> reductions;

  Tree(Nodes nodes, Optional<Child> root, List<Reduction> reductions) {
    this.nodes = nodes;
    this.root = root;
    this.reductions = reductions;
  }

  /** How many rows there are. */
  long rows() {
    return root.map(Child::rows).orElse(0L);
  }

  /** How many rows are below a row key. */
  long rank(byte[] key) {
    if (root.isEmpty()) {
      return 0;
    }
    long before = 0;
    Node node = nodes.load(root.get().id());
    while (!node.isLeaf()) {
      int child = node.childOf(key);
      for (int i = 0; i < child; i++) {
        before += node.childRows(i);
      }
      node = nodes.child(node, child);
    }
    return before + node.firstFrom(key);
  }

  /** The bytes of all nodes before the store compresses them; reads the inner nodes alone. */
  long bytes() {
    return root.map(top -> top.size() + bytesBelow(top.id(), height())).orElse(0L);
  }

  /** Levels of nodes above the leaves: the same everywhere. */
  private int height() {
    int height = 0;
    Node node = nodes.load(root.orElseThrow().id());
    while (!node.isLeaf()) {
      height++;
      node = nodes.child(node, 0);
    }
    return height;
  }

  private long bytesBelow(long id, int height) {
    long bytes = 0;
    if (height > 0) {
      Node node = nodes.load(id);
      for (int i = 0; i < node.count(); i++) {
        bytes += node.child(i, 0).size() + bytesBelow(node.childId(i), height - 1);
      }
    }
    return bytes;
  }

  /** How many rows are in a range. */
  long rows(Bounds bounds) {
    return bounds.isEmpty()
        ? 0
        : bounds.to().map(this::rank).orElseGet(this::rows) - rank(bounds.from());
  }

  /** A place among the rows. */
  RowCursor cursor() {
    return new RowCursor(nodes, root.map(Child::id));
  }

  /** The state of a reduction over a range; nothing when no row is in it. */
  Optional<byte[]> reduce(Bounds bounds, int reduction) {
    if (root.isEmpty() || bounds.isEmpty()) {
      return Optional.empty();
    }
    byte[] from = bounds.from().length == 0 ? null : bounds.from();
    if (from == null && bounds.to().isEmpty()) {
      return Optional.of(root.get().states()[reduction]);
    }
    PartStates parts = new PartStates(reductions.get(reduction), reduction);
    collect(nodes.load(root.get().id()), from, bounds.to().orElse(null), parts);
    return parts.take(false);
  }

  /** Gathers the parts of a range: of a node whose rows are bounded by what is not null. */
  private void collect(Node node, byte @Nullable [] from, byte @Nullable [] to, PartStates parts) {
    if (node.isLeaf()) {
      int first = from == null ? 0 : node.firstFrom(from);
      parts.rows(node, first, to == null ? node.count() : node.firstFrom(to));
      return;
    }
    int first = from == null ? 0 : node.childOf(from);
    int last = to == null ? node.count() - 1 : node.childOf(to);
    for (int i = first; i <= last; i++) {
      byte[] childFrom = i == first ? from : null;
      byte[] childTo = i == last ? to : null;
      if (childFrom == null && childTo == null) {
        parts.child(node, i);
      } else {
        collect(nodes.child(node, i), childFrom, childTo, parts);
      }
    }
  }
}
