package org.skerry.index;

import org.jspecify.annotations.Nullable;
import org.skerry.store.ordered.DamagedException;
import org.skerry.store.ordered.OrderedView;

/** The nodes of one tree as they were at one moment. One thread. */
final class ReadNodes implements Nodes {
  /** Enough for the paths to both ends of a range, and the inner nodes around them. */
  private static final int KEPT = 128;

  private final Index index;
  private final OrderedView view;
  private final int number;
  private final InnerNodes shared;

  /** Nothing when the moment is not known: then nothing is shared with others. */
  private final Moment.@Nullable Life life;

  /** Of the nodes whose ids fall together the one that was read last. */
  private final @Nullable Node[] kept = new Node[KEPT];

  private final long[] ids = new long[KEPT];

  /**
   * The nodes of one of an index's views.
   *
   * @param number the view's, from 0
   */
  ReadNodes(
      Index index, OrderedView view, int number, InnerNodes shared, Moment.@Nullable Life life) {
    this.index = index;
    this.view = view;
    this.number = number;
    this.shared = shared;
    this.life = life;
  }

  @Override
  public Node load(long id) {
    Node known = known(id);
    return known == null ? keep(id, find(id)) : known;
  }

  @Override
  public Node child(Node parent, int entry) {
    long id = parent.childId(entry);
    Node known = known(id);
    if (known != null) {
      return known;
    }
    Node child = keep(id, parent.isAboveLeaves() ? read(id) : find(id));
    if (child.isLeaf()) {
      parent.foundAboveLeaves();
    }
    return child;
  }

  private @Nullable Node known(long id) {
    int slot = (int) id & KEPT - 1;
    return ids[slot] == id ? kept[slot] : null;
  }

  private Node keep(long id, Node node) {
    int slot = (int) id & KEPT - 1;
    ids[slot] = id;
    kept[slot] = node;
    return node;
  }

  /** A node that others may have read: inner ones are shared. */
  private Node find(long id) {
    if (life == null) {
      return read(id);
    }
    Node known = shared.find(life, number, id);
    if (known != null) {
      return known;
    }
    Node node = read(id);
    if (!node.isLeaf()) {
      shared.put(life, number, id, node);
    }
    return node;
  }

  private Node read(long id) {
    try {
      return StoredNodes.node(number, id, view.find(IndexKeys.node(number, id)));
    } catch (DamagedException e) {
      index.condemn(e);
      throw e;
    }
  }
}
