package org.skerry.store;

/**
 * How much of each document a reader wants; leaves always come.
 *
 * @param tree whether the whole known tree is wanted. It costs the length of the history
 * @param bodies which leaves' bodies
 */
public record Fields(boolean tree, Bodies bodies) {
  /** Leaves and nothing else. */
  public static final Fields LEAVES = new Fields(false, Bodies.NONE);

  /** Leaves and the winner's body. */
  public static final Fields WINNER = new Fields(false, Bodies.WINNER);

  /** Leaves and tree. */
  public static final Fields TREE = new Fields(true, Bodies.NONE);

  /** Which leaves come with body and attachments. */
  public enum Bodies {
    NONE,
    WINNER,
    LEAVES
  }
}
