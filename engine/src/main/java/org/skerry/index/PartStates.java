package org.skerry.index;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * What a reduction makes of the parts of a range: rows at its ends, and children that lie in it as
 * a whole, whose states are known. One thread.
 */
final class PartStates {
  private final Reduction reduction;
  private final int number;
  private final boolean countsRows;
  private final List<byte[]> states = new ArrayList<>();

  /** How many rows there are, where that is all that is asked. */
  private long count;

  /**
   * Of no part so far.
   *
   * @param number the reduction's among those of the view
   */
  PartStates(Reduction reduction, int number) {
    this.reduction = reduction;
    this.number = number;
    this.countsRows = reduction.countsRows();
  }

  /** Adds a leaf's rows from one to before another. */
  void rows(Node leaf, int from, int end) {
    if (countsRows) {
      count += Math.max(0, end - from);
    } else if (from < end) {
      states.add(reduction.reduce(new LeafRows(leaf, from, end)));
    }
  }

  /** Adds all rows of a child. */
  void child(Node node, int entry) {
    if (countsRows) {
      count += node.childRows(entry);
    } else {
      states.add(node.childState(entry, number));
    }
  }

  /**
   * The state of all that was added since this was last asked; nothing when that was no row.
   *
   * @param backwards whether the last part was added first
   */
  Optional<byte[]> take(boolean backwards) {
    if (countsRows) {
      return takeCount();
    }
    if (states.isEmpty()) {
      return Optional.empty();
    }
    byte[] whole = states.getFirst();
    if (states.size() > 1) {
      if (backwards) {
        Collections.reverse(states);
      }
      whole = reduction.rereduce(List.copyOf(states));
    }
    states.clear();
    return Optional.of(whole);
  }

  private Optional<byte[]> takeCount() {
    long taken = count;
    count = 0;
    return taken == 0
        ? Optional.empty()
        : Optional.of(Long.toString(taken).getBytes(StandardCharsets.US_ASCII));
  }
}
