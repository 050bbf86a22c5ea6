package org.skerry.store;

import java.util.Optional;

/**
 * A part of a feed.
 *
 * @param since the changes after this position
 * @param limit at most so many
 * @param descending newest first; then from the feed's end down to {@code since}
 * @param before where somebody goes on who reads newest first: from the last change before it
 */
public record ChangeRange(Seq since, int limit, boolean descending, Optional<Seq> before) {
  /** From the feed's beginning or end. */
  public ChangeRange(Seq since, int limit, boolean descending) {
    this(since, limit, descending, Optional.empty());
  }

  /** The changes after a position, oldest first. */
  public static ChangeRange after(Seq since, int limit) {
    return new ChangeRange(since, limit, false);
  }

  /** The last position that may be read, by a store that counts them; no change stands at 0. */
  public long last() {
    return before.map(position -> Math.max(0, position.number() - 1)).orElse(Long.MAX_VALUE);
  }
}
