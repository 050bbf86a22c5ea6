package org.skerry.store;

import java.util.List;

/** What became of writes of several documents that are all written or none. */
public sealed interface Together {
  /** All are durable, and became visible at once. */
  record Committed(List<Outcome> outcomes) implements Together {
    public Committed {
      outcomes = List.copyOf(outcomes);
    }
  }

  /**
   * Nothing was written.
   *
   * @param index of the first write that was stale
   */
  record Refused(int index, Outcome.Stale stale) implements Together {}
}
