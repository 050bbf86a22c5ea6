package org.skerry.replication;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.skerry.replication.peer.PeerException;

/**
 * How long a replication goes on trying by itself.
 *
 * @param backoff the time between two attempts
 * @param attempts so many failures in a row that brought nothing end it
 * @param repairs whether one that ran before also waits for what time alone does not heal
 * @param resumed whether somebody else begins it again when it has ended
 */
public record Patience(Backoff backoff, int attempts, boolean repairs, boolean resumed) {
  /**
   * A job of a schedule: a short break is not noticed; after a longer one the schedule says when to
   * try again, so that nobody holds a place in it without doing anything.
   */
  public static final Patience OF_A_JOB =
      new Patience(
          new Backoff(Duration.ofMillis(250), Duration.ofSeconds(1)),
          Tuning.JOB_ATTEMPTS,
          false,
          true);

  /** Somebody asked for it, and nobody else would begin it again. */
  static Patience asked(boolean live, Backoff backoff) {
    return new Patience(backoff, live ? Integer.MAX_VALUE : Tuning.ONE_SHOT_ATTEMPTS, live, false);
  }

  /**
   * Whether to end now.
   *
   * @param failures how many in a row, this one included
   * @param everRan whether it ever came to work
   */
  boolean isExhausted(PeerException why, int failures, boolean everRan) {
    boolean hopeless = !why.isTransient() && !(everRan && repairs);
    boolean othersWait = resumed && why.retryAfter().compareTo(backoff.longest()) > 0;
    return hopeless || failures >= attempts || othersWait;
  }

  /**
   * How long to wait before the next attempt: the back-off's time, and as long as the peer asked
   * for, up to the back-off's bound. One upon the other, since it may have asked a thousand nodes.
   *
   * @param failures how many in a row, this one included
   */
  Duration delay(PeerException why, int failures, RandomGenerator random) {
    Duration asked = why.retryAfter();
    Duration most = backoff.longest();
    return backoff.delay(failures, random).plus(asked.compareTo(most) < 0 ? asked : most);
  }
}
