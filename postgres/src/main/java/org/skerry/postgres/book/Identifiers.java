package org.skerry.postgres.book;

import java.security.SecureRandom;
import java.util.UUID;

/**
 * New ids for rows without a name of their own: random UUIDs. The centre's begin with 0, others do
 * not: where two documents want the same unique value the smaller id keeps it, and every node must
 * come to the same end without asking. Any thread.
 */
final class Identifiers {
  private static final int FIRST_DIGIT = 60;
  private static final int OTHER_DIGITS = 15;
  private static final long VERSION = 0xF000L;
  private static final long RANDOM = 0x4000L;
  private static final long VARIANT = 0xC000_0000_0000_0000L;
  private static final long LEACH = 0x8000_0000_0000_0000L;

  private final SecureRandom random = new SecureRandom();
  private final boolean central;

  Identifiers(boolean central) {
    this.central = central;
  }

  String next(String type) {
    long digit = central ? 0 : 1L + random.nextInt(OTHER_DIGITS);
    long high = random.nextLong() & -1L >>> 4 | digit << FIRST_DIGIT;
    return type + "/" + new UUID(high & ~VERSION | RANDOM, random.nextLong() & ~VARIANT | LEACH);
  }
}
