package org.skerry.http;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.spec.KeySpec;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A password as CouchDB keeps it: derived by PBKDF2 (RFC 8018), never the password itself.
 *
 * @param function the one below PBKDF2
 * @param derivedKey lower-case hex
 * @param salt a text; its UTF-8 bytes are the salt, even where it looks like hex, as in CouchDB
 * @param iterations how often the function is applied
 */
public record PasswordHash(Function function, String derivedKey, String salt, int iterations) {
  /** OWASP's advice for SHA-256 and CouchDB 3.5's default: about a quarter of a CPU second. */
  public static final int DEFAULT_ITERATIONS = 600_000;

  private static final int MOST_ITERATIONS = 10_000_000;
  private static final int SALT_BYTES = 16;
  private static final Pattern TEXT =
      Pattern.compile("-pbkdf2(:sha256)?-([0-9a-f]{40,64}),([^,]+),([0-9]{1,8})");

  /** Functions that CouchDB knows; SHA-1 is read and not written. */
  public enum Function {
    SHA1("PBKDF2WithHmacSHA1", 160),
    SHA256("PBKDF2WithHmacSHA256", 256);

    private final String algorithm;
    private final int bits;

    Function(String algorithm, int bits) {
      this.algorithm = algorithm;
      this.bits = bits;
    }
  }

  /** Hashes a new password with a new salt. */
  public static PasswordHash of(String password) {
    return of(password, DEFAULT_ITERATIONS);
  }

  /** Hashes with another number of iterations. */
  public static PasswordHash of(String password, int iterations) {
    byte[] random = new byte[SALT_BYTES];
    new SecureRandom().nextBytes(random);
    String salt = HexFormat.of().formatHex(random);
    String key = HexFormat.of().formatHex(derive(Function.SHA256, password, salt, iterations));
    return new PasswordHash(Function.SHA256, key, salt, iterations);
  }

  /**
   * Reads {@code -pbkdf2:sha256-KEY,SALT,ITERATIONS}, or the older {@code -pbkdf2-…} of SHA-1, as
   * CouchDB's configuration has them.
   */
  public static Optional<PasswordHash> parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Function function = matcher.group(1) == null ? Function.SHA1 : Function.SHA256;
    int iterations = Integer.parseInt(matcher.group(4));
    boolean sound =
        matcher.group(2).length() * 4 == function.bits
            && iterations >= 1
            && iterations <= MOST_ITERATIONS;
    return sound
        ? Optional.of(new PasswordHash(function, matcher.group(2), matcher.group(3), iterations))
        : Optional.empty();
  }

  /** The form that {@link #parse} reads. */
  public String text() {
    String name = function == Function.SHA1 ? "-pbkdf2-" : "-pbkdf2:sha256-";
    return name + derivedKey + "," + salt + "," + iterations;
  }

  /** Whether this is the hash of that password. Takes as long as the iterations want. */
  public boolean matches(String password) {
    byte[] derived = derive(function, password, salt, iterations);
    return MessageDigest.isEqual(derived, HexFormat.of().parseHex(derivedKey));
  }

  private static byte[] derive(Function function, String password, String salt, int iterations) {
    KeySpec spec =
        new PBEKeySpec(
            password.toCharArray(),
            salt.getBytes(StandardCharsets.UTF_8),
            iterations,
            function.bits);
    try {
      return SecretKeyFactory.getInstance(function.algorithm).generateSecret(spec).getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no " + function.algorithm, e);
    }
  }

  @Override
  public String toString() {
    return "PasswordHash[" + function + ", " + iterations + " iterations]"; // never the key
  }
}
