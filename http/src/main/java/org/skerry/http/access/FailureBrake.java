package org.skerry.http.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.skerry.http.HttpProblem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Slows down whoever guesses passwords: after a few wrong ones a name is refused for a while from
 * that address, twice as long each time.
 *
 * <p>Counted by name and address, so that a stranger cannot lock out a clinic.
 */
final class FailureBrake {
  private static final Logger LOG = LoggerFactory.getLogger(FailureBrake.class);
  private static final Duration FIRST = Duration.ofSeconds(1);

  /** After this long without another failure nothing is remembered. */
  private static final Duration MEMORY = Duration.ofMinutes(10);

  private static final int MOST = 10_000;

  private record Key(String name, String address) {}

  private record Failures(int count, Instant last) {
    boolean isForgotten(Instant now, Duration longest) {
      return last.plus(MEMORY.plus(longest)).isBefore(now);
    }

    boolean isLocked(Instant now, AccessSettings.Lockout rule) {
      if (count < rule.threshold()) {
        return false;
      }
      int doublings = Math.min(count - rule.threshold(), 16);
      Duration wait = FIRST.multipliedBy(1L << doublings);
      Instant end = last.plus(wait.compareTo(rule.longest()) < 0 ? wait : rule.longest());
      // Behind a clock that was set back nobody is locked until the wrong time comes again.
      return now.isBefore(end) && !now.isBefore(last);
    }
  }

  private final InstantSource clock;
  private final Supplier<AccessSettings.Lockout> rule;
  private final Map<Key, Failures> failures = new ConcurrentHashMap<>();

  FailureBrake(InstantSource clock, Supplier<AccessSettings.Lockout> rule) {
    this.clock = clock;
    this.rule = rule;
  }

  /**
   * Lets an attempt pass.
   *
   * @throws HttpProblem 403 while the name is locked, in CouchDB's words
   */
  void check(String name, String address) {
    AccessSettings.Lockout now = rule.get();
    Failures known = failures.get(new Key(name, address));
    if (now.mode() == AccessSettings.Lockout.Mode.ENFORCE
        && known != null
        && known.isLocked(clock.instant(), now)) {
      throw HttpProblem.forbidden(
          "Account is temporarily locked due to multiple authentication failures");
    }
  }

  /**
   * Counts a wrong password.
   *
   * @return whether the name is locked now
   */
  boolean failed(String name, String address) {
    Instant now = clock.instant();
    AccessSettings.Lockout current = rule.get();
    if (current.mode() == AccessSettings.Lockout.Mode.OFF) {
      return false;
    }
    if (failures.size() >= MOST) {
      failures.values().removeIf(known -> known.isForgotten(now, current.longest()));
      if (failures.size() >= MOST) {
        failures.keySet().stream().limit(MOST / 10).toList().forEach(failures::remove);
      }
    }
    Failures counted =
        failures.compute(
            new Key(name, address),
            (key, known) ->
                new Failures(
                    known == null || known.isForgotten(now, current.longest())
                        ? 1
                        : known.count + 1,
                    now));
    boolean locked = counted.isLocked(now, current);
    if (locked) {
      LOG.warn("{} wrong passwords for one user from {}", counted.count, address);
    }
    return locked && current.mode() == AccessSettings.Lockout.Mode.ENFORCE;
  }

  void succeeded(String name, String address) {
    failures.remove(new Key(name, address));
  }
}
