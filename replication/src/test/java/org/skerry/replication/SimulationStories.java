package org.skerry.replication;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;

/** Tells stories to tests, also of other packages. Each is told by one thread. */
public final class SimulationStories {
  private static final int MOST_BESIDE = 5;

  private SimulationStories() {}

  /** One story of nodes whose replications take turns. Returns what happened. */
  public static String tell(long seed, Function<SplittableRandom, SimulatedTurns> turns) {
    Simulation simulation = new Simulation(seed, turns);
    simulation.run();
    return simulation.story();
  }

  /**
   * Many stories, as many at once as there are processors, and the same ones however many there
   * are. When laws are broken, what the first of these stories threw is thrown, as it is, with what
   * the others threw beside it: their seeds stand in the messages.
   *
   * @param seeds draws a seed for each
   * @param teller tells the story of a seed; throws when a law is broken
   */
  public static void tellAll(SplittableRandom seeds, int count, LongConsumer teller) {
    // Drawn first: a stream that is divided while it draws would draw others.
    long[] drawn = seeds.longs(count).toArray();
    List<Throwable> thrown =
        LongStream.of(drawn)
            .parallel()
            .mapToObj(seed -> thrownBy(seed, teller))
            .flatMap(Optional::stream)
            .toList();
    if (!thrown.isEmpty()) {
      Throwable first = thrown.getFirst();
      thrown.stream().skip(1).limit(MOST_BESIDE).forEach(first::addSuppressed);
      switch (first) {
        case Error error -> throw error;
        case RuntimeException exception -> throw exception;
        default -> throw new AssertionError("a teller throws nothing else", first);
      }
    }
  }

  /** A pool's thread would wrap it in another without a message. */
  private static Optional<Throwable> thrownBy(long seed, LongConsumer teller) {
    try {
      teller.accept(seed);
      return Optional.empty();
    } catch (AssertionError | RuntimeException e) {
      return Optional.of(e);
    }
  }
}
