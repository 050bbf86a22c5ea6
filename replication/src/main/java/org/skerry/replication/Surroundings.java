package org.skerry.replication;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * What a replication takes from outside, so that a simulation can replace it.
 *
 * @param clock for times that are shown, for back-off and for the pace of checkpoints; it decides
 *     nothing else
 * @param ticks nanoseconds since some moment, which nobody sets: for how long something took
 * @param random for session ids and jitter; used by several threads
 */
public record Surroundings(InstantSource clock, LongSupplier ticks, RandomGenerator random) {
  /** One whose clock nobody sets. */
  public Surroundings(InstantSource clock, RandomGenerator random) {
    this(clock, () -> Duration.between(Instant.EPOCH, clock.instant()).toNanos(), random);
  }

  /** The machine's own. */
  public static Surroundings system() {
    return new Surroundings(InstantSource.system(), System::nanoTime, new SecureRandom());
  }

  /** A new name, 32 hex digits. */
  String newId() {
    return String.format("%016x%016x", random.nextLong(), random.nextLong());
  }
}
