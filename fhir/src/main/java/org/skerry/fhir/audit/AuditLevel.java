package org.skerry.fhir.audit;

import java.util.Locale;
import java.util.Optional;

/** What leaves an AuditEvent. */
public enum AuditLevel {
  NONE,
  /** What is written, and what is exchanged with other servers. */
  WRITES,
  /** What is read and searched as well. */
  ALL;

  /** By its name in small letters. */
  public static Optional<AuditLevel> of(String name) {
    for (AuditLevel level : values()) {
      if (level.name().toLowerCase(Locale.ROOT).equals(name)) {
        return Optional.of(level);
      }
    }
    return Optional.empty();
  }
}
