package org.skerry.replication;

import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;

/** Tells stories to tests, also of other packages. Each is told by one thread. */
public final class SimulationStories {
  private SimulationStories() {}

  /** One story of nodes whose replications take turns. Returns what happened. */
  public static String tell(long seed, Function<SplittableRandom, SimulatedTurns> turns) {
    Simulation simulation = new Simulation(seed, turns);
    simulation.run();
    return simulation.story();
  }

  /**
   * Many stories, as many at once as there are processors, and the same ones however many there
   * are.
   *
   * @param seeds draws a seed for each
   * @param teller tells the story of a seed; throws when a law is broken
   */
  public static void tellAll(SplittableRandom seeds, int count, LongConsumer teller) {
    // Drawn first: a stream that is divided while it draws would draw others.
    long[] drawn = seeds.longs(count).toArray();
    LongStream.of(drawn).parallel().forEach(teller);
  }
}
