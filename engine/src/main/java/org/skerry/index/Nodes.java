package org.skerry.index;

/** Where a tree's nodes are read. One thread. */
@FunctionalInterface
interface Nodes {
  /**
   * The node of that id.
   *
   * @throws org.skerry.store.ordered.DamagedException when there is none, or it cannot be read
   */
  Node load(long id);

  /** A child of a node. */
  default Node child(Node parent, int entry) {
    return load(parent.childId(entry));
  }
}
