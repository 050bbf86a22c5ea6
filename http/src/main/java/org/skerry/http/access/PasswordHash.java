package org.skerry.http.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.spec.KeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A password as CouchDB keeps it, never the password itself: derived by PBKDF2 (RFC 8018), or in
 * older documents by one salted SHA-1.
 *
 * @param function the one below PBKDF2; SHA-1 for the oldest scheme
 * @param derivedKey lower-case hex
 * @param salt a text; its UTF-8 bytes are the salt, even where it looks like hex, as in CouchDB
 * @param iterations how often the function is applied
 */
public record PasswordHash(
    Scheme scheme, Function function, String derivedKey, String salt, int iterations) {
  /** OWASP's advice for SHA-256 and CouchDB 3.5's default: about a quarter of a CPU second. */
  public static final int DEFAULT_ITERATIONS = 600_000;

  static final int MOST_ITERATIONS = 10_000_000;
  private static final int SALT_BYTES = 16;
  private static final Pattern PBKDF2 =
      Pattern.compile("-pbkdf2(?::([a-z0-9]{3,6}))?-([0-9a-f]{40,128}),([^,]+),([0-9]{1,8})");
  private static final Pattern SIMPLE = Pattern.compile("-hashed-([0-9a-f]{40}),([^,]+)");
  private static final Pattern HEX = Pattern.compile("(?:[0-9a-f]{2}){20,64}");

  /** How CouchDB's documents name what was done with the password. */
  public enum Scheme {
    PBKDF2("pbkdf2"),
    /** One SHA-1 of password and salt. */
    SIMPLE("simple"),
    /**
     * PBKDF2 of what {@link #SIMPLE} made, so that old hashes gain strength without the password.
     */
    SIMPLE_PBKDF2("simple+pbkdf2");

    private final String text;

    Scheme(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }

    static Optional<Scheme> of(String text) {
      return Arrays.stream(values()).filter(scheme -> scheme.text.equals(text)).findFirst();
    }
  }

  /** Functions that CouchDB knows; only SHA-256 is written. */
  public enum Function {
    SHA1("sha", "SHA1"),
    SHA224("sha224", "SHA224"),
    SHA256("sha256", "SHA256"),
    SHA384("sha384", "SHA384"),
    SHA512("sha512", "SHA512");

    private final String text;
    private final String algorithm;

    Function(String text, String name) {
      this.text = text;
      this.algorithm = "PBKDF2WithHmac" + name;
    }

    /** As {@code pbkdf2_prf} names it. */
    String text() {
      return text;
    }

    static Optional<Function> of(String text) {
      return Arrays.stream(values()).filter(function -> function.text.equals(text)).findFirst();
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
    return of(password, HexFormat.of().formatHex(random), iterations);
  }

  /** Hashes with a salt that there is: what is made of the salt stays valid. */
  static PasswordHash of(String password, String salt, int iterations) {
    byte[] key = derive(Function.SHA256, password, salt, iterations, 256);
    return new PasswordHash(
        Scheme.PBKDF2, Function.SHA256, HexFormat.of().formatHex(key), salt, iterations);
  }

  /**
   * A hash from its parts; nothing when they cannot be one.
   *
   * @param iterations ignored for {@link Scheme#SIMPLE}
   */
  static Optional<PasswordHash> of(
      Scheme scheme, Function function, String derivedKey, String salt, int iterations) {
    String key = derivedKey.toLowerCase(Locale.ROOT);
    int times = scheme == Scheme.SIMPLE ? 1 : iterations;
    boolean sound =
        HEX.matcher(key).matches()
            && !salt.isEmpty()
            && times >= 1
            && times <= MOST_ITERATIONS
            && (scheme != Scheme.SIMPLE || key.length() == 40);
    return sound
        ? Optional.of(new PasswordHash(scheme, function, key, salt, times))
        : Optional.empty();
  }

  /**
   * Reads {@code -pbkdf2:sha256-KEY,SALT,ITERATIONS}, the older {@code -pbkdf2-…} of SHA-1, or the
   * oldest {@code -hashed-KEY,SALT}, as CouchDB's configuration has them.
   */
  public static Optional<PasswordHash> parse(String text) {
    Matcher simple = SIMPLE.matcher(text);
    if (simple.matches()) {
      return of(Scheme.SIMPLE, Function.SHA1, simple.group(1), simple.group(2), 1);
    }
    Matcher matcher = PBKDF2.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String name = matcher.group(1);
    return Function.of(name == null ? "sha" : name)
        .flatMap(
            function ->
                of(
                    Scheme.PBKDF2,
                    function,
                    matcher.group(2),
                    matcher.group(3),
                    Integer.parseInt(matcher.group(4))));
  }

  /** The form that {@link #parse} reads. */
  public String text() {
    return switch (scheme) {
      case SIMPLE -> "-hashed-" + derivedKey + "," + salt;
      case PBKDF2 -> {
        String name = function == Function.SHA1 ? "" : ":" + function.text;
        yield "-pbkdf2" + name + "-" + derivedKey + "," + salt + "," + iterations;
      }
      case SIMPLE_PBKDF2 -> throw new IllegalStateException("no administrator has this scheme");
    };
  }

  /** Whether a new hash of the same password would be harder to guess from. */
  boolean isWeakerThan(int wantedIterations) {
    return scheme != Scheme.PBKDF2
        || function == Function.SHA1
        || function == Function.SHA224
        || iterations < wantedIterations;
  }

  /** Whether this is the hash of that password. Takes as long as the iterations want. */
  public boolean matches(String password) {
    byte[] expected = HexFormat.of().parseHex(derivedKey);
    byte[] found =
        switch (scheme) {
          case SIMPLE -> sha1(password + salt);
          case PBKDF2 -> derive(function, password, salt, iterations, expected.length * 8);
          case SIMPLE_PBKDF2 ->
              derive(
                  function,
                  HexFormat.of().formatHex(sha1(password + salt)),
                  salt,
                  iterations,
                  expected.length * 8);
        };
    return MessageDigest.isEqual(found, expected);
  }

  private static byte[] sha1(String text) {
    try {
      return MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no SHA-1", e);
    }
  }

  private static byte[] derive(
      Function function, String password, String salt, int iterations, int bits) {
    KeySpec spec =
        new PBEKeySpec(
            password.toCharArray(), salt.getBytes(StandardCharsets.UTF_8), iterations, bits);
    try {
      return SecretKeyFactory.getInstance(function.algorithm).generateSecret(spec).getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no " + function.algorithm, e);
    }
  }

  @Override
  public String toString() {
    return "PasswordHash[" + scheme + ", " + iterations + " iterations]"; // never the key
  }
}
