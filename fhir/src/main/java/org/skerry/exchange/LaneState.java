package org.skerry.exchange;

import java.time.Instant;
import java.util.Optional;

/**
 * How it stands with one direction of a partner's.
 *
 * @param running whether a run is under way
 * @param lastSuccess when everything was last taken care of
 * @param error why the last run ended early; nothing when it did not
 * @param failures how many runs have ended early in a row
 */
record LaneState(
    boolean running, Optional<Instant> lastSuccess, Optional<String> error, int failures) {
  static final LaneState NEW = new LaneState(false, Optional.empty(), Optional.empty(), 0);

  LaneState begun() {
    return new LaneState(true, lastSuccess, error, failures);
  }

  LaneState succeeded(Instant now) {
    return new LaneState(false, Optional.of(now), Optional.empty(), 0);
  }

  LaneState failed(String problem) {
    return new LaneState(false, lastSuccess, Optional.of(problem), failures + 1);
  }
}
