package org.skerry.replication;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before trying again: each time twice as long, up to a bound, and by chance
 * between half of that and all of it, so that a thousand nodes do not come back at once when their
 * centre does.
 *
 * @param first before the second attempt
 * @param longest the bound
 */
public record Backoff(Duration first, Duration longest) {
  /** From half a second to a minute: a short break is not noticed, a long one costs no traffic. */
  public static final Backoff DEFAULT = new Backoff(Duration.ofMillis(500), Duration.ofMinutes(1));

  /**
   * The time to wait.
   *
   * @param failures how many attempts in a row have failed, from 1
   */
  public Duration delay(int failures, RandomGenerator random) {
    int doublings = Math.min(failures - 1, 30);
    long full = Math.min(longest.toMillis(), first.toMillis() << doublings);
    long bounded = full < 0 ? longest.toMillis() : full;
    return Duration.ofMillis(bounded / 2 + random.nextLong(bounded / 2 + 1));
  }
}
