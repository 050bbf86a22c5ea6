package org.skerry.replication;

import java.time.Duration;
import org.skerry.replication.peer.PeerException;

/**
 * How long a replication goes on trying by itself.
 *
 * @param backoff the time between two attempts
 * @param attempts so many failures in a row that brought nothing end it
 * @param repairs whether one that ran before also waits for what time alone does not heal
 */
public record Patience(Backoff backoff, int attempts, boolean repairs) {
  /**
   * A job of a schedule: a short break is not noticed; after a longer one the schedule says when to
   * try again, so that nobody holds a place in it without doing anything.
   */
  public static final Patience OF_A_JOB =
      new Patience(
          new Backoff(Duration.ofMillis(250), Duration.ofSeconds(1)), Tuning.JOB_ATTEMPTS, false);

  /** Somebody asked for it, and nobody else would begin it again. */
  static Patience asked(boolean live, Backoff backoff) {
    return new Patience(backoff, live ? Integer.MAX_VALUE : Tuning.ONE_SHOT_ATTEMPTS, live);
  }

  /**
   * Whether to end now.
   *
   * @param failures how many in a row, this one included
   * @param everRan whether it ever came to work
   */
  boolean isExhausted(PeerException why, int failures, boolean everRan) {
    boolean hopeless = !why.isTransient() && !(everRan && repairs);
    return hopeless || failures >= attempts;
  }
}
