package org.skerry.replication.peer;

/**
 * A question for changes.
 *
 * @param since a position in the peer's words; {@link #START} is before the first change
 * @param limit at most so many rows
 * @param selection which documents
 * @param winnersOnly whether of each document only the winner matters, and not every leaf
 */
public record ChangesQuery(String since, int limit, Selection selection, boolean winnersOnly) {
  /** Before the first change, for every peer. */
  public static final String START = "0";

  /** The same question from another position. */
  public ChangesQuery from(String position) {
    return new ChangesQuery(position, limit, selection, winnersOnly);
  }
}
