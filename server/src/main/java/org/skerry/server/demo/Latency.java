package org.skerry.server.demo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Times between two events, gathered one by one. */
final class Latency {
  private static final double NANOS_PER_MILLI = 1e6;

  private final List<Long> nanos = new ArrayList<>();

  /**
   * Adds one. What was visible before its acknowledgement had arrived took no time.
   *
   * @param from by {@link System#nanoTime}
   * @param to by the same clock
   */
  void add(long from, long to) {
    nanos.add(Math.max(0, to - from));
  }

  /**
   * The least time that the given share of all did not exceed, in milliseconds.
   *
   * @param share above 0, up to 1
   */
  double percentile(double share) {
    if (nanos.isEmpty()) {
      throw new IllegalStateException("nothing was measured");
    }
    List<Long> sorted = new ArrayList<>(nanos);
    Collections.sort(sorted);
    int rank = (int) Math.ceil(share * sorted.size());
    return sorted.get(Math.max(1, rank) - 1) / NANOS_PER_MILLI;
  }

  /** For the table. */
  String text() {
    return String.format(
        Locale.ROOT, "p50 %.1f ms   p99 %.1f ms", percentile(0.50), percentile(0.99));
  }
}
