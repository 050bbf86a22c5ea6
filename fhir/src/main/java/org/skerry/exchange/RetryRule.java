package org.skerry.exchange;

import java.time.Duration;

/**
 * How often, and after how long, what failed is tried again. Each wait is twice the one before.
 *
 * @param attempts after so many a record lies until somebody asks for it
 */
record RetryRule(int attempts, Duration first, Duration most) {
  static final RetryRule USUAL = new RetryRule(8, Duration.ofSeconds(30), Duration.ofHours(6));

  private static final int DOUBLINGS = 30;

  /**
   * How long to wait.
   *
   * @param failures how often it failed, at least once
   */
  Duration pause(int failures) {
    Duration pause = first.multipliedBy(1L << Math.min(DOUBLINGS, Math.max(0, failures - 1)));
    return pause.compareTo(most) > 0 ? most : pause;
  }
}
