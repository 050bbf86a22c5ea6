package org.skerry.store;

/**
 * Whether a store does its work.
 *
 * @param reason what is wrong and what to do; empty when nothing is
 */
public record StoreHealth(State state, String reason) {
  public static final StoreHealth WELL = new StoreHealth(State.WELL, "");

  /** What it can do. */
  public enum State {
    WELL,
    /** It reads; writing waits for room on the disk. */
    FULL,
    /** It refuses writes, and perhaps reads, for another reason. */
    FAILED
  }
}
