package org.skerry.replication.http;

import java.time.Duration;
import java.util.Optional;
import org.apache.hc.core5.http.HttpEntity;
import org.skerry.replication.http.Calls.Answer;

/**
 * A request that a peer did not take up because it is asked too much (429, or 503 with a time): it
 * is sent again in its place after a short time. To begin a session anew, as behind any other
 * failure, would be five requests more, and would come to nothing where one in a few is turned
 * away. A long time, or one that does not help, is the replication's to wait.
 */
final class Throttle {
  /** What one holds a place in a schedule for; a second and its fractions are common. */
  static final Duration LONGEST = Duration.ofSeconds(5);

  /** Where the peer does not say. */
  private static final Duration USUAL = Duration.ofSeconds(1);

  private static final int MOST_REPEATS = 3;

  private int repeats;

  /**
   * How long to wait before the request is sent again.
   *
   * @return nothing where it is not, and its answer counts
   */
  Optional<Duration> pause(Request request, Answer answer) {
    boolean asked = answer.retryAfter().isPresent();
    boolean turnedAway = answer.status() == 429 || answer.status() == 503 && asked;
    if (!turnedAway || repeats == MOST_REPEATS || !canBeSentAgain(request)) {
      return Optional.empty();
    }
    repeats++;
    return Optional.of(answer.retryAfter().orElse(USUAL))
        .filter(time -> time.compareTo(LONGEST) <= 0);
  }

  /** What is read elsewhere while it is sent is gone. */
  private static boolean canBeSentAgain(Request request) {
    return request.body().map(HttpEntity::isRepeatable).orElse(true);
  }
}
