package org.skerry.fulltext;

/**
 * How much of a node full text may take.
 *
 * @param cores how many threads may index at once
 * @param mostOpen how many indexes stay open, unless more are in use
 * @param idleMillis how long an index stays open that nobody asks
 */
public record FullTextSettings(int cores, int mostOpen, long idleMillis) {
  /** All cores, 32 indexes, a minute. */
  public static FullTextSettings defaults() {
    return new FullTextSettings(Runtime.getRuntime().availableProcessors(), 32, 60_000);
  }
}
