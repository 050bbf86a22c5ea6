package org.skerry.store;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Names of databases' lives: UUIDs of version 7 (RFC 9562), so that a life's beginning can be shown
 * without another record. Nothing depends on it: lives are told apart by their random part, and
 * names of any other form are good, too.
 */
public final class Incarnation {
  private static final int BYTES = 16;
  private static final int VERSION_AT = 6;
  private static final int VERSION = 7;
  private static final int VARIANT_AT = 8;
  private static final int TIME_BITS = 48;

  /** Earlier ones are random names that look like a time. */
  private static final Instant EARLIEST = Instant.parse("2026-01-01T00:00:00Z");

  private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

  private Incarnation() {}

  /** A new name. */
  public static String begin(InstantSource clock, RandomGenerator random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    long millis = clock.millis();
    for (int i = 0; i < TIME_BITS / Byte.SIZE; i++) {
      bytes[i] = (byte) (millis >>> TIME_BITS - Byte.SIZE * (i + 1));
    }
    bytes[VERSION_AT] = (byte) (bytes[VERSION_AT] & 0x0f | VERSION << 4);
    bytes[VARIANT_AT] = (byte) (bytes[VARIANT_AT] & 0x3f | 0x80);
    return HexFormat.of().formatHex(bytes);
  }

  /**
   * When the life began, as the clock of that moment had it; nothing when its name does not say.
   */
  public static Optional<Instant> beginning(String incarnation) {
    byte[] bytes = HexFormat.of().parseHex(incarnation);
    if (bytes.length != BYTES
        || (bytes[VERSION_AT] & 0xf0) != VERSION << 4
        || (bytes[VARIANT_AT] & 0xc0) != 0x80) {
      return Optional.empty();
    }
    Instant time = Instant.ofEpochMilli(ByteBuffer.wrap(bytes).getLong() >>> Long.SIZE - TIME_BITS);
    boolean plausible = !time.isBefore(EARLIEST) && time.isBefore(LATEST);
    return plausible ? Optional.of(time) : Optional.empty();
  }
}
