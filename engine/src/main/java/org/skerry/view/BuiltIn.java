package org.skerry.view;

import java.util.Optional;
import org.skerry.index.Reduction;

/** CouchDB's reductions that need no script. */
final class BuiltIn {
  private static final int MOST_RANKED = 100;

  private BuiltIn() {}

  /**
   * The reduction of that name.
   *
   * @param source a view's {@code reduce}, which begins with an underscore
   * @return nothing when there is none
   */
  static Optional<Reduction> of(String source) {
    if (source.startsWith("_sum")) {
      return Optional.of(new Sum());
    }
    if (source.startsWith("_count")) {
      return Optional.of(new Count());
    }
    if (source.startsWith("_stats")) {
      return Optional.of(new Stats());
    }
    if (source.startsWith("_approx_count_distinct")) {
      return Optional.of(new ApproximateDistinct());
    }
    if (source.startsWith("_first")) {
      return Optional.of(new EdgeRow(true));
    }
    if (source.startsWith("_last")) {
      return Optional.of(new EdgeRow(false));
    }
    if (source.startsWith("_top_")) {
      return ranked(source.substring("_top_".length()), true);
    }
    return source.startsWith("_bottom_")
        ? ranked(source.substring("_bottom_".length()), false)
        : Optional.empty();
  }

  private static Optional<Reduction> ranked(String count, boolean top) {
    try {
      int n = Integer.parseInt(count);
      return n >= 1 && n <= MOST_RANKED ? Optional.of(new Ranked(n, top)) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
