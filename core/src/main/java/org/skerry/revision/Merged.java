package org.skerry.revision;

/**
 * What a merge made of a tree.
 *
 * @param tree the tree with the path in it
 * @param change how the newest revision of the path relates to what was there
 */
public record Merged(RevTree tree, Change change) {
  /** How a path met the tree. */
  public enum Change {
    /** The newest revision follows a leaf, or is the document's first. */
    NEW_LEAF,
    /** The newest revision is a leaf beside others: a conflict, or a branch from inside. */
    NEW_BRANCH,
    /** The newest revision was known, or is an ancestor of one that was. */
    INTERNAL_NODE
  }
}
