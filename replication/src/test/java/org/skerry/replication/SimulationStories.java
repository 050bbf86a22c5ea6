package org.skerry.replication;

import java.util.SplittableRandom;
import java.util.function.Function;

/** Tells stories to tests of other packages. */
public final class SimulationStories {
  private SimulationStories() {}

  /** One story of nodes whose replications take turns. Returns what happened. */
  public static String tell(long seed, Function<SplittableRandom, SimulatedTurns> turns) {
    Simulation simulation = new Simulation(seed, turns);
    simulation.run();
    return simulation.story();
  }
}
