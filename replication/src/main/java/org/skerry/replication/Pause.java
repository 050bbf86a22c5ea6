package org.skerry.replication;

import java.time.Duration;
import java.time.Instant;

/**
 * A time that is to pass. Where the clock was set back behind its beginning, as on a machine that
 * finds the right time when it meets the network, nobody knows how much of it has passed: then it
 * is over, as the other way would be to wait for a year that was not meant.
 *
 * @param from when it began
 * @param until when it is over; as early as its beginning where there is none
 */
public record Pause(Instant from, Instant until) {
  /** One that begins now. */
  public static Pause of(Instant now, Duration length) {
    return new Pause(now, now.plus(length));
  }

  public boolean isOver(Instant now) {
    return !now.isBefore(until) || now.isBefore(from);
  }

  /** How much is left; zero when it is over. */
  public Duration left(Instant now) {
    return isOver(now) ? Duration.ZERO : Duration.between(now, until);
  }
}
