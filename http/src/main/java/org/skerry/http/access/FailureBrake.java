package org.skerry.http;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Slows down whoever guesses passwords: from the fifth wrong one on, a name is refused for a while
 * from that address, twice as long each time.
 *
 * <p>Counted by name and address, so that a stranger cannot lock out a clinic.
 */
final class FailureBrake {
  private static final int FREE = 5;
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(5);

  /** After this long without another failure nothing is remembered. */
  private static final Duration MEMORY = Duration.ofMinutes(10);

  private static final int MOST = 10_000;

  private record Key(String name, String address) {}

  private record Failures(int count, Instant last) {
    boolean isForgotten(Instant now) {
      return last.plus(MEMORY).isBefore(now);
    }

    boolean isLocked(Instant now) {
      if (count < FREE) {
        return false;
      }
      int doublings = Math.min(count - FREE, 16);
      Duration wait = FIRST.multipliedBy(1L << doublings);
      return now.isBefore(last.plus(wait.compareTo(LONGEST) < 0 ? wait : LONGEST));
    }
  }

  private final InstantSource clock;
  private final Map<Key, Failures> failures = new ConcurrentHashMap<>();

  FailureBrake(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Lets an attempt pass.
   *
   * @throws HttpProblem 403 while the name is locked, in CouchDB's words
   */
  void check(String name, String address) {
    Failures known = failures.get(new Key(name, address));
    if (known != null && known.isLocked(clock.instant())) {
      throw HttpProblem.forbidden(
          "Account is temporarily locked due to multiple authentication failures");
    }
  }

  void failed(String name, String address) {
    Instant now = clock.instant();
    if (failures.size() >= MOST) {
      failures.values().removeIf(known -> known.isForgotten(now));
      failures.keySet().stream().limit(MOST / 10).toList().forEach(failures::remove);
    }
    failures.compute(
        new Key(name, address),
        (key, known) ->
            new Failures(known == null || known.isForgotten(now) ? 1 : known.count + 1, now));
  }

  void succeeded(String name, String address) {
    failures.remove(new Key(name, address));
  }
}
