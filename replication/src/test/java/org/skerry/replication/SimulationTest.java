package org.skerry.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.skerry.testing.Seeded;

/**
 * Many stories. A story that breaks a law says its seed; {@code -Dskerry.seed=…} tells that one
 * again, and {@code -Dskerry.stories=…} says how many are told otherwise.
 */
class SimulationTest {
  private static final int STORIES = Integer.getInteger("skerry.stories", 2_000);

  @Test
  void nothingIsLostAndAllBecomeEqual() {
    if (Long.getLong(Seeded.PROPERTY) != null) {
      tell(Seeded.seed());
      return;
    }
    SimulationStories.tellAll(new SplittableRandom(Seeded.seed()), STORIES, SimulationTest::tell);
  }

  private static String tell(long seed) {
    Simulation simulation = new Simulation(seed);
    try {
      simulation.run();
      return simulation.story();
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(
          "repeat with -Dtest=SimulationTest -D" + Seeded.PROPERTY + "=" + seed, e);
    }
  }

  @Test
  void oneSeedIsOneStory() {
    long seed = Seeded.seed();
    assertThat(tell(seed)).isEqualTo(tell(seed));
  }
}
