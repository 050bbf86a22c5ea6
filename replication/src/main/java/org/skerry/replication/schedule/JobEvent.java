package org.skerry.replication.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * Something that happened to a job.
 *
 * @param reason why it crashed
 * @param ran how long it had run when it crashed, by a clock that nobody sets
 */
public record JobEvent(Type type, Instant at, Optional<String> reason, Duration ran) {
  /** What may happen to a job. */
  public enum Type {
    ADDED,
    STARTED,
    STOPPED,
    CRASHED;

    /** As CouchDB writes it. */
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static JobEvent of(Type type, Instant at) {
    return new JobEvent(type, at, Optional.empty(), Duration.ZERO);
  }

  static JobEvent crashed(Instant at, String reason, Duration ran) {
    return new JobEvent(Type.CRASHED, at, Optional.of(reason), ran);
  }
}
