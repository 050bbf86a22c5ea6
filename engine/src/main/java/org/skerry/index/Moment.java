package org.skerry.index;

/** An index between two of its batches. Equal to itself alone, because states come back. */
final class Moment {
  private final IndexState state;
  private final Life life;

  Moment(IndexState state, Life life) {
    this.state = state;
    this.life = life;
  }

  /**
   * What the ids of nodes are good for: until the index is built anew, an id that was once seen
   * means the same node. Equal to itself alone.
   */
  static final class Life {}

  IndexState state() {
    return state;
  }

  Life life() {
    return life;
  }
}
