package org.skerry.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Runs an exchange to its end over a line that breaks ten times, at random, and each time in the
 * middle: some records are across, others are not.
 *
 * @param line takes what says of each request whether it fails
 * @param across how many records are on the other side
 * @param all how many there are
 */
record Interruptions(Runner runner, Consumer<BooleanSupplier> line, LongSupplier across, long all) {
  private static final int TIMES = 10;

  /** A break may come that many requests after the moment for which it was meant. */
  private static final int LATER = 3;

  /** More than so many requests bring across. */
  private static final int MARGIN = 200;

  /** Breaks a line on which each request brings few of the records. */
  void atRandom(SplittableRandom random) {
    long part = (all - MARGIN) / TIMES;
    assertThat(part).as("enough records for each break").isPositive();
    for (int i = 0; i < TIMES; i++) {
      breakOnce(part * i + random.nextLong(1, part + 1), random.nextInt(LATER));
    }
    finish();
  }

  /**
   * Breaks a line on which each request brings many.
   *
   * @param parts how many each request brings
   */
  void between(List<Long> parts, SplittableRandom random) {
    List<Long> moments = new ArrayList<>();
    long sum = 0;
    for (long part : parts) {
      moments.add(sum);
      sum += part;
    }
    assertThat(sum).isEqualTo(all);
    TreeSet<Long> chosen = new TreeSet<>();
    while (chosen.size() < TIMES) {
      // Before the first of them nothing is across.
      chosen.add(moments.get(random.nextInt(1, moments.size())));
    }
    chosen.forEach(when -> breakOnce(when, 0));
    finish();
  }

  private void breakOnce(long when, int later) {
    int[] left = {later + 1};
    // Once it is broken it stays so until the run gives up.
    line.accept(() -> left[0] == 0 || across.getAsLong() >= when && --left[0] == 0);
    LaneState state = runner.runOnce();
    assertThat(left[0]).as("requests before the break; " + state.error()).isZero();
    assertThat(state.error()).isPresent();
    assertThat(across.getAsLong()).as("records across").isBetween(when, all - 1);
  }

  private void finish() {
    line.accept(() -> false);
    assertThat(runner.runOnce().error()).isEmpty();
    assertThat(runner.letters()).isEmpty();
    assertThat(across.getAsLong()).isEqualTo(all);
  }
}
