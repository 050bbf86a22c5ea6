package org.skerry.replication;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skerry.testing.Seeded;

/**
 * The simulation with a policy that settles on every node at once: nodes become equal, what the
 * policy decides is settled, and the number of revisions follows that of the edits.
 */
class PolicySimulationTest {
  private static final int STORIES = Integer.getInteger("skerry.stories", 200) / 2;

  @ParameterizedTest
  @ValueSource(strings = {SimulatedPolicy.TOTAL, SimulatedPolicy.MERGE})
  void nodesThatSettleAllAtOnceDoNotQuarrel(String rule) {
    if (Long.getLong(Seeded.PROPERTY) != null) {
      tell(Seeded.seed(), rule);
      return;
    }
    SimulationStories.tellAll(
        new SplittableRandom(Seeded.seed()), STORIES, seed -> tell(seed, rule));
  }

  private static void tell(long seed, String rule) {
    try {
      new Simulation(seed, new SimulatedPolicy(rule)).run();
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(
          "repeat with -Dtest=PolicySimulationTest -D" + Seeded.PROPERTY + "=" + seed, e);
    }
  }
}
