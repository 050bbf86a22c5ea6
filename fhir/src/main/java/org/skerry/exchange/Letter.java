package org.skerry.exchange;

import java.time.Instant;
import java.util.Optional;
import org.skerry.fhir.resource.ResourceId;

/**
 * A record that was set aside, and why.
 *
 * @param direction in which it was going
 * @param category whose feed told of it
 * @param attempts how often it failed
 * @param next when it is tried again; nothing when it lies until somebody asks
 * @param waitsFor the record without which it is not stored
 * @param message what was said of it last
 */
record Letter(
    Direction direction,
    String category,
    ResourceId id,
    String problem,
    int attempts,
    Optional<Instant> next,
    Optional<ResourceId> waitsFor,
    String message) {

  /** Which way a record goes. */
  enum Direction {
    PULL,
    PUSH
  }

  boolean isDue(Instant now) {
    return next.filter(time -> !time.isAfter(now)).isPresent();
  }
}
