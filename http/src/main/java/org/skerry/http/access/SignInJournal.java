package org.skerry.http.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.skerry.audit.Actor;
import org.skerry.audit.AuditAction;
import org.skerry.audit.AuditEvent;
import org.skerry.audit.AuditLog;

/**
 * Writes sign-ins into the audit log, and not so many that guessing fills it: a bucket of {@value
 * #BURST} events that gains {@value #EACH_SECOND} a second. What did not fit is counted, and told
 * with the next event. Credentials that come with every request are noted once an hour.
 */
final class SignInJournal {
  private static final int BURST = 500;
  private static final int EACH_SECOND = 5;
  private static final Duration AGAIN = Duration.ofHours(1);
  private static final int MOST = 10_000;

  private record Sighting(String name, String address, String handler) {}

  private final AuditLog log;
  private final InstantSource clock;
  private final Map<Sighting, Instant> seen = new ConcurrentHashMap<>();

  // Under this object's lock.
  private double tokens = BURST;
  private Instant filled;
  private long suppressed;

  SignInJournal(AuditLog log, InstantSource clock) {
    this.log = log;
    this.clock = clock;
    this.filled = clock.instant();
  }

  /** A password or a session that was just begun. */
  void signedIn(String name, String address, String handler) {
    seen.put(new Sighting(name, address, handler), clock.instant());
    bound();
    write(AuditAction.SIGNED_IN, Actor.of(name, address), name, handler);
  }

  /** Credentials that were found right without anything being begun. */
  void seen(String name, String address, String handler) {
    Sighting sighting = new Sighting(name, address, handler);
    Instant last = seen.get(sighting);
    if (last == null || last.plus(AGAIN).isBefore(clock.instant())) {
      signedIn(name, address, handler);
    }
  }

  private void bound() {
    if (seen.size() > MOST) {
      seen.clear(); // some are noted again: better than remembering every address for ever
    }
  }

  /** Wrong credentials; the name is what was claimed. */
  void failed(String name, String address, String handler) {
    write(AuditAction.SIGN_IN_FAILED, Actor.stranger(address), name, handler);
  }

  /** From now on the name is refused from that address. */
  void lockedOut(String name, String address) {
    write(AuditAction.LOCKED_OUT, Actor.stranger(address), name, "default");
  }

  void signedOut(Optional<String> name, String address) {
    name.ifPresent(user -> write(AuditAction.SIGNED_OUT, Actor.of(user, address), user, "cookie"));
  }

  private void write(AuditAction action, Actor actor, String subject, String handler) {
    long untold;
    synchronized (this) {
      Instant now = clock.instant();
      double gained = Duration.between(filled, now).toMillis() / 1000.0 * EACH_SECOND;
      tokens = Math.min(BURST, tokens + Math.max(0, gained));
      filled = now;
      if (tokens < 1) {
        suppressed++;
        return;
      }
      tokens--;
      untold = suppressed;
      suppressed = 0;
    }
    AuditEvent event = new AuditEvent(action, actor, subject, Map.of("handler", handler));
    log.record(untold == 0 ? event : event.with("suppressed", Long.toString(untold)));
  }
}
