package org.skerry.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.skerry.replication.SubsetSimulation.Shape;
import org.skerry.testing.Seeded;

/** Stories of centres and sites: at the end each site holds exactly its subset. */
class SubsetSimulationTest {
  private static final int STORIES = Integer.getInteger("skerry.stories", 100);

  @ParameterizedTest
  @EnumSource(Shape.class)
  void eachSiteHoldsExactlyItsSubset(Shape shape) {
    if (Long.getLong(Seeded.PROPERTY) != null) {
      tell(Seeded.seed(), shape);
      return;
    }
    SimulationStories.tellAll(
        new SplittableRandom(Seeded.seed()), STORIES, seed -> tell(seed, shape));
  }

  private static String tell(long seed, Shape shape) {
    SubsetSimulation simulation = new SubsetSimulation(seed, shape);
    try {
      simulation.run();
      return simulation.story();
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(
          "repeat with -Dtest=SubsetSimulationTest -D" + Seeded.PROPERTY + "=" + seed, e);
    }
  }

  @Test
  void oneSeedIsOneStory() {
    long seed = Seeded.seed();
    assertThat(tell(seed, Shape.LEVELS)).isEqualTo(tell(seed, Shape.LEVELS));
  }
}
