package org.skerry.http.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

/**
 * Remembers what tokens say that were found genuine: a device sends the same with each of its
 * requests, most of which cost less than to verify it.
 *
 * <p>Whether a token is still valid is no part of that: times and required claims are looked at
 * anew. Other settings are another memory, so a key that is taken away lets nobody in. A token is
 * kept as its digest. Any thread.
 *
 * @param <R> the settings by which they are verified; others are another object
 */
final class VerifiedTokens<R> {
  private static final int MOST = 4_096;

  /** Longer ones are verified each time, or they would fill the memory. */
  private static final int LONGEST = 2_048;

  private final BiFunction<String, R, Map<String, Object>> verifying;

  /** Volatile: replaced by whoever first sees other settings. */
  private volatile Known known = new Known(new Object(), Map.of());

  /** What was found genuine by those settings. */
  private record Known(Object by, Map<String, Map<String, Object>> claims) {}

  /**
   * @param verifying the claims of a token; throws when it is not genuine
   */
  VerifiedTokens(BiFunction<String, R, Map<String, Object>> verifying) {
    this.verifying = verifying;
  }

  /** The claims of a token that is genuine. */
  Map<String, Object> claims(String token, R rules) {
    if (token.length() > LONGEST) {
      return verifying.apply(token, rules);
    }
    Map<String, Map<String, Object>> genuine = by(rules);
    String digest = digest(token);
    Map<String, Object> claims = genuine.get(digest);
    if (claims == null) {
      claims = verifying.apply(token, rules);
      if (genuine.size() >= MOST) {
        genuine.clear(); // they are verified anew; simpler than remembering who came last
      }
      genuine.put(digest, claims);
    }
    return claims;
  }

  @SuppressWarnings("ReferenceEquality") // Another state of the configuration is another object.
  private Map<String, Map<String, Object>> by(R rules) {
    Known now = known;
    if (now.by != rules) {
      now = new Known(rules, new ConcurrentHashMap<>());
      known = now;
    }
    return now.claims;
  }

  private static String digest(String token) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
      return new String(digest, StandardCharsets.ISO_8859_1);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
