package org.skerry.store;

/**
 * A part of a feed.
 *
 * @param since the changes after this position
 * @param limit at most so many
 * @param descending newest first; then from the feed's end down to {@code since}
 */
public record ChangeRange(Seq since, int limit, boolean descending) {
  /** The changes after a position, oldest first. */
  public static ChangeRange after(Seq since, int limit) {
    return new ChangeRange(since, limit, false);
  }
}
