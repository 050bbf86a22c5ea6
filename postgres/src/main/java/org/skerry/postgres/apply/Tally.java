package org.skerry.postgres.apply;

/**
 * What became of documents.
 *
 * @param same rows that showed them already
 * @param waiting documents that cannot be rows yet
 */
public record Tally(long inserted, long updated, long deleted, long same, long waiting) {
  /** Nothing yet. */
  public static final Tally NONE = new Tally(0, 0, 0, 0, 0);

  /** Both together. */
  public Tally plus(Tally other) {
    return new Tally(
        inserted + other.inserted,
        updated + other.updated,
        deleted + other.deleted,
        same + other.same,
        waiting + other.waiting);
  }

  /** How many rows were written. */
  public long written() {
    return inserted + updated + deleted;
  }

  static Tally sameRows(long count) {
    return new Tally(0, 0, 0, count, 0);
  }
}
