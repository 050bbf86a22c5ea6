package org.skerry.postgres.number;

/**
 * Where a counter stands.
 *
 * @param last the number that was given last; the one before the first, when none was
 * @param step from each number to the next; below zero where it counts down
 * @param end beyond which it does not go
 */
record Stand(long last, long step, long end) {
  /** Whether it will come by a number; those that it passed, or never reaches, are nobody's. */
  boolean isAhead(long number) {
    return step > 0 && number > last && number <= end || step < 0 && number < last && number >= end;
  }

  /** How many numbers it has left to give. */
  long room() {
    if (step == 0) {
      return 0;
    }
    // Codes have no sign, so that the differences fit.
    long room =
        step > 0
            ? Math.floorDiv(end - Math.max(last, 0), step)
            : Math.floorDiv(Math.max(end, -1) - last, step);
    return Math.max(0, room);
  }

  /** How many numbers have to be given until the next one is behind a number, which is ahead. */
  long steps(long number) {
    return Math.floorDiv(number - last, step);
  }
}
