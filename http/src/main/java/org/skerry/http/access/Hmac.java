package org.skerry.http.access;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 under one key, for many threads at once. */
final class Hmac {
  private static final String ALGORITHM = "HmacSHA256";

  /** Length of a code in bytes. */
  static final int LENGTH = 32;

  private final Mac prototype;

  Hmac(byte[] key) {
    try {
      prototype = Mac.getInstance(ALGORITHM);
      prototype.init(new SecretKeySpec(key, ALGORITHM));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no " + ALGORITHM, e);
    }
  }

  /** The code of these bytes. */
  byte[] of(byte[] bytes) {
    try {
      // Cloning saves the search for a provider and the work on the key, each time.
      return ((Mac) prototype.clone()).doFinal(bytes);
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("this Java's " + ALGORITHM + " cannot be cloned", e);
    }
  }
}
