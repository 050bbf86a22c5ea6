package org.skerry.fhir.audit;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;

/** Ids of events: they sort by time, so that an index of them grows at its end. */
final class EventIds {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int RANDOM_BYTES = 10;

  private EventIds() {}

  static String at(Instant time) {
    byte[] random = new byte[RANDOM_BYTES];
    RANDOM.nextBytes(random);
    return HexFormat.of().toHexDigits(time.toEpochMilli(), 12) + HexFormat.of().formatHex(random);
  }
}
