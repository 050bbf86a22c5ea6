package org.skerry.fingerprint;

import java.math.BigInteger;

/**
 * What some documents are together: how many, and the sum of their hashes.
 *
 * @param sum 32 hex digits
 */
public record Fingerprint(long count, String sum) {
  private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(8 * Hashes.BYTES);

  /** Of no documents. */
  public static final Fingerprint NOTHING = of(0, BigInteger.ZERO);

  /** Of one document, or of what is known of its hash. */
  static Fingerprint one(byte[] hash) {
    return of(1, new BigInteger(1, hash));
  }

  private static Fingerprint of(long count, BigInteger sum) {
    String digits = sum.mod(MODULUS).toString(16);
    return new Fingerprint(count, "0".repeat(2 * Hashes.BYTES - digits.length()) + digits);
  }

  /** Of both together. */
  Fingerprint plus(Fingerprint other) {
    return of(count + other.count, new BigInteger(sum, 16).add(new BigInteger(other.sum, 16)));
  }
}
