package org.skerry.exchange;

import java.time.Instant;
import java.util.Optional;

/**
 * How it stands with a partner.
 *
 * @param running whether a run is under way
 * @param lastSuccess when everything was last taken care of
 * @param error why the last run ended early; nothing when it did not
 * @param failures how many runs have ended early in a row
 */
record PartnerState(
    boolean running, Optional<Instant> lastSuccess, Optional<String> error, int failures) {
  static final PartnerState NEW = new PartnerState(false, Optional.empty(), Optional.empty(), 0);

  PartnerState begun() {
    return new PartnerState(true, lastSuccess, error, failures);
  }

  PartnerState succeeded(Instant now) {
    return new PartnerState(false, Optional.of(now), Optional.empty(), 0);
  }

  PartnerState failed(String problem) {
    return new PartnerState(false, lastSuccess, Optional.of(problem), failures + 1);
  }
}
