package org.skerry.index;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Changes to one view's tree: a B+tree whose inner nodes know of each child how many rows and which
 * reductions are below it. Many sorted changes are made in one sweep that reads and writes each
 * node they meet once; so a bulk of rows costs a fraction of a node each, and a single one the path
 * to its leaf.
 *
 * <ol>
 *   <li>The changes are parted among the children they belong to, down to the leaves.
 *   <li>A leaf merges them with its rows, and becomes as many leaves as its bytes need, or none.
 *   <li>Each inner node takes what became of its children, merges those that are too small with a
 *       neighbour, and is parted likewise.
 *   <li>At the top the tree grows by a level, or loses those with one child.
 * </ol>
 *
 * <p>A node that changes becomes a new one under another id, so the tree before the edit stays
 * whole until its nodes are removed, and what is written meanwhile is seen by nobody: however many
 * nodes an edit makes, they need not be held until all of them can be written at once.
 *
 * <p>One thread, for one batch.
 */
final class TreeEdit {
  /** What a node is written with when a larger one is parted. */
  static final int TARGET = 8 << 10;

  /** The largest node, but for entries that are larger themselves. */
  private static final int MAX = 12 << 10;

  /** Below it a node that changes is merged with a neighbour. */
  private static final int MIN = 3 << 10;

  /** So that a level is always much smaller than the one below, however large its states are. */
  private static final int FEWEST_CHILDREN = 4;

  private final EditedNodes nodes;
  private final List<Reduction> reductions;
  private final long firstNew;
  private long nextId;

  /**
   * An edit of a tree.
   *
   * @param nextId the first id that was never given to a node of this tree
   */
  TreeEdit(EditedNodes nodes, List<Reduction> reductions, long nextId) {
    this.nodes = nodes;
    this.reductions = reductions;
    this.firstNew = nextId;
    this.nextId = nextId;
  }

  /** A tree's nodes while it is edited. */
  interface EditedNodes extends Nodes {
    /** Writes a node under an id that no other had; it can be loaded from then on. */
    void put(long id, Node node);

    /** Says that a node is no part of the tree any more. */
    void remove(long id);
  }

  long nextId() {
    return nextId;
  }

  /**
   * Makes the changes, which are sorted and each of another row.
   *
   * @return the root afterwards; nothing when no row is left
   */
  Optional<Child> apply(Optional<Child> root, List<RowChange> changes) {
    if (changes.isEmpty()) {
      return root;
    }
    List<Child> top =
        root.isEmpty()
            ? editLeaf(new Slot(new byte[0], -1), Node.EMPTY, changes).orElse(List.of())
            : edit(root.get(), changes);
    while (top.size() > 1) {
      top = new ChildChunks(top).write(new Slot(new byte[0], -1));
    }
    return top.isEmpty() ? Optional.empty() : Optional.of(lowest(top.getFirst()));
  }

  /** The highest node that is a leaf or has more than one child. */
  private Child lowest(Child top) {
    Child root = top;
    Node node = nodes.load(root.id());
    while (!node.isLeaf() && node.count() == 1) {
      nodes.remove(root.id());
      root = node.child(0, reductions.size());
      node = nodes.load(root.id());
    }
    return root;
  }

  /** What is replaced: its lower bound, and the node's id if there was one. */
  private record Slot(byte[] low, long id) {}

  private List<Child> edit(Child child, List<RowChange> changes) {
    Node node = nodes.load(child.id());
    Slot slot = new Slot(child.low(), child.id());
    Optional<List<Child>> edited =
        node.isLeaf() ? editLeaf(slot, node, changes) : editInner(slot, node, changes);
    return edited.orElseGet(() -> List.of(child));
  }

  /** What becomes of a leaf; nothing when the changes leave it as it was. */
  private Optional<List<Child>> editLeaf(Slot slot, Node leaf, List<RowChange> changes) {
    RowChunks rows = new RowChunks();
    boolean same = true;
    int next = 0;
    for (RowChange change : changes) {
      LeafEntry row = change.row();
      int order = -1;
      while (next < leaf.count() && (order = row.compareBack(leaf.bytes(), leaf.start(next))) < 0) {
        rows.add(leaf.row(next++));
      }
      Optional<LeafEntry> before =
          next < leaf.count() && order == 0 ? Optional.of(leaf.row(next++)) : Optional.empty();
      if (change.comes()) {
        rows.add(row);
        same &= before.isPresent() && before.get().sameAs(row);
      } else {
        same &= before.isEmpty();
      }
    }
    if (same) {
      return Optional.empty();
    }
    while (next < leaf.count()) {
      rows.add(leaf.row(next++));
    }
    return Optional.of(rows.write(slot));
  }

  private Optional<List<Child>> editInner(Slot slot, Node inner, List<RowChange> changes) {
    List<Child> children = new ArrayList<>(inner.count() + 1);
    boolean same = true;
    int next = 0;
    for (int i = 0; i < inner.count(); i++) {
      Child child = inner.child(i, reductions.size());
      int end = i + 1 < inner.count() ? firstFrom(changes, next, inner, i + 1) : changes.size();
      if (end == next) {
        children.add(child);
        continue;
      }
      List<Child> edited = edit(child, changes.subList(next, end));
      same &= edited.size() == 1 && edited.getFirst().equals(child);
      children.addAll(edited);
      next = end;
    }
    return same ? Optional.empty() : Optional.of(new ChildChunks(merged(children)).write(slot));
  }

  /** The first change that belongs to the entry or behind it. */
  private static int firstFrom(List<RowChange> changes, int from, Node inner, int entry) {
    int low = from;
    int high = changes.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (inner.compareLow(entry, changes.get(middle).row()) <= 0) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /** Merges children that were changed and are small with the neighbour before them or behind. */
  private List<Child> merged(List<Child> children) {
    List<Child> merged = new ArrayList<>(children.size());
    for (Child child : children) {
      Child last = merged.isEmpty() ? child : merged.getLast();
      boolean small =
          child.size() < MIN && child.id() >= firstNew
              || last.size() < MIN && last.id() >= firstNew;
      if (!merged.isEmpty() && small && last.size() + child.size() <= MAX) {
        merged.set(merged.size() - 1, merge(last, child));
      } else {
        merged.add(child);
      }
    }
    return merged;
  }

  private Child merge(Child left, Child right) {
    Node first = nodes.load(left.id());
    Node second = nodes.load(right.id());
    NodeWriter writer = new NodeWriter(first.isLeaf() ? Node.LEAF : Node.INNER);
    writer.addAll(first, 0);
    // An inner node's first child has a bound that was never looked at; now it is one.
    if (!second.isLeaf()) {
      writer.add(second.child(0, reductions.size()).withLow(right.low()).entry());
    }
    writer.addAll(second, second.isLeaf() ? 0 : 1);
    nodes.remove(left.id());
    nodes.remove(right.id());
    byte[][] states = new byte[reductions.size()][];
    for (int i = 0; i < states.length; i++) {
      states[i] = reductions.get(i).rereduce(List.of(left.states()[i], right.states()[i]));
    }
    return write(left.low(), writer.node(), left.rows() + right.rows(), states);
  }

  private Child write(byte[] low, Node node, long rows, byte[][] states) {
    long id = nextId++;
    nodes.put(id, node);
    return new Child(low, id, node.bytes().length, rows, states);
  }

  /** A sequence of entries that becomes one or more nodes. */
  private abstract class Chunks {
    abstract int count();

    abstract int size(int entry);

    /** Writes a node of some entries; the first of all has that lower bound. */
    abstract Child write(byte[] firstLow, int from, int to);

    abstract int fewest();

    /** Writes nodes of about {@link #TARGET} bytes in the place of another. */
    final List<Child> write(Slot slot) {
      if (slot.id() >= 0) {
        nodes.remove(slot.id());
      }
      long total = 0;
      for (int i = 0; i < count(); i++) {
        total += size(i);
      }
      long pieces = total <= MAX ? 1 : (total + TARGET - 1) / TARGET;
      long each = (total + pieces - 1) / pieces;
      List<Child> written = new ArrayList<>();
      int from = 0;
      long bytes = 0;
      for (int i = 0; i < count(); i++) {
        bytes += size(i);
        boolean full = bytes >= each && i + 1 - from >= fewest() && count() - i - 1 >= fewest();
        if (full || i + 1 == count()) {
          written.add(write(slot.low(), from, i + 1));
          from = i + 1;
          bytes = 0;
        }
      }
      return written;
    }
  }

  /** Rows that become leaves. */
  private final class RowChunks extends Chunks {
    private final List<LeafEntry> rows = new ArrayList<>();

    void add(LeafEntry row) {
      rows.add(row);
    }

    @Override
    int count() {
      return rows.size();
    }

    @Override
    int size(int entry) {
      return rows.get(entry).length() + Integer.BYTES;
    }

    @Override
    int fewest() {
      return 1;
    }

    @Override
    Child write(byte[] firstLow, int from, int to) {
      List<LeafEntry> part = rows.subList(from, to);
      NodeWriter writer = new NodeWriter(Node.LEAF);
      part.forEach(writer::add);
      byte[][] states = new byte[reductions.size()][];
      for (int i = 0; i < states.length; i++) {
        states[i] = reductions.get(i).reduce(Collections.unmodifiableList(part));
      }
      byte[] low =
          from == 0 ? firstLow : between(rows.get(from - 1).rowKey(), rows.get(from).rowKey());
      return TreeEdit.this.write(low, writer.node(), part.size(), states);
    }

    /** The shortest bytes above the one and not above the other. */
    private static byte[] between(byte[] below, byte[] above) {
      int shared = Arrays.mismatch(below, above);
      return Arrays.copyOf(above, shared + 1);
    }
  }

  /** Nodes that get a parent, or several. */
  private final class ChildChunks extends Chunks {
    private final List<Child> children;
    private final List<byte[]> entries = new ArrayList<>();

    ChildChunks(List<Child> children) {
      this.children = children;
      children.forEach(child -> entries.add(child.entry()));
    }

    @Override
    int count() {
      return children.size();
    }

    @Override
    int size(int entry) {
      return entries.get(entry).length + Integer.BYTES;
    }

    @Override
    int fewest() {
      return FEWEST_CHILDREN;
    }

    @Override
    Child write(byte[] firstLow, int from, int to) {
      NodeWriter writer = new NodeWriter(Node.INNER);
      long rows = 0;
      for (int i = from; i < to; i++) {
        writer.add(entries.get(i));
        rows += children.get(i).rows();
      }
      byte[][] states = new byte[reductions.size()][];
      for (int r = 0; r < states.length; r++) {
        List<byte[]> parts = new ArrayList<>(to - from);
        for (int i = from; i < to; i++) {
          parts.add(children.get(i).states()[r]);
        }
        states[r] = reductions.get(r).rereduce(parts);
      }
      byte[] low = from == 0 ? firstLow : children.get(from).low();
      return TreeEdit.this.write(low, writer.node(), rows, states);
    }
  }
}
