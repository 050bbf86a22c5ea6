package org.skerry.exchange;

import java.time.Instant;
import java.util.Optional;
import org.skerry.exchange.client.RecordId;

/**
 * A record that was set aside, and why.
 *
 * @param direction in which it was going
 * @param category of which it is
 * @param action what had become of it
 * @param attempts how often it failed
 * @param next when it is tried again; nothing when it lies until somebody asks
 * @param waitsFor the record without which it is not stored
 * @param message what was said of it last
 */
record Letter(
    Direction direction,
    String category,
    RecordId id,
    String action,
    String problem,
    int attempts,
    Optional<Instant> next,
    Optional<RecordId> waitsFor,
    String message) {

  boolean isDue(Instant now) {
    return next.filter(time -> !time.isAfter(now)).isPresent();
  }
}
