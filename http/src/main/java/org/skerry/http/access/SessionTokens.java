package org.skerry.http.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The values of session cookies: {@code base64url(name:expiry:code)}, the expiry in hexadecimal
 * seconds, the code an HMAC-SHA256 of what stands before it.
 *
 * <p>Its key is made of the node's secret and the user's salt. So nothing needs to be stored, a
 * changed password ends all sessions, and nodes with the same secret accept each other's cookies.
 */
final class SessionTokens {
  /** A token that is genuine and not over. */
  record Session(UserDirectory.KnownUser user, boolean worthRenewing) {}

  private static final double RENEW_BELOW = 0.9;

  /** By so much a clock is set back now and then; its sessions go on. */
  private static final Duration CORRECTION = Duration.ofMinutes(5);

  private final Supplier<List<byte[]>> secrets;
  private final Supplier<Duration> lifetime;
  private final InstantSource clock;

  /**
   * Tokens.
   *
   * @param secrets the one that signs, then those that are accepted as well
   * @param lifetime of a session that is not used
   */
  SessionTokens(Supplier<List<byte[]>> secrets, Supplier<Duration> lifetime, InstantSource clock) {
    this.secrets = secrets;
    this.lifetime = lifetime;
    this.clock = clock;
  }

  String issue(UserDirectory.KnownUser user) {
    Instant expiry = clock.instant().plus(lifetime.get());
    byte[] claim =
        (user.name() + ":" + Long.toHexString(expiry.getEpochSecond()) + ":")
            .getBytes(StandardCharsets.UTF_8);
    byte[] token = Arrays.copyOf(claim, claim.length + Hmac.LENGTH);
    byte[] code = code(secrets.get().getFirst(), user, claim);
    System.arraycopy(code, 0, token, claim.length, Hmac.LENGTH);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
  }

  /** The session of a token; nothing when it is over, forged, or no token at all. */
  Optional<Session> read(String token, Function<String, Optional<UserDirectory.KnownUser>> users) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(token);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    int claimEnd = bytes.length - Hmac.LENGTH;
    if (claimEnd < 1) {
      return Optional.empty();
    }
    byte[] claim = Arrays.copyOf(bytes, claimEnd);
    byte[] code = Arrays.copyOfRange(bytes, claimEnd, bytes.length);
    String text = new String(claim, StandardCharsets.UTF_8);
    int colon = text.lastIndexOf(':', text.length() - 2);
    if (colon < 0) {
      return Optional.empty();
    }
    String expiry = text.substring(colon + 1, text.length() - 1);
    return users.apply(text.substring(0, colon)).flatMap(user -> read(user, claim, code, expiry));
  }

  private Optional<Session> read(
      UserDirectory.KnownUser user, byte[] claim, byte[] code, String expiry) {
    boolean newest = true;
    for (byte[] secret : secrets.get()) {
      if (MessageDigest.isEqual(code(secret, user, claim), code)) {
        return session(user, expiry, newest);
      }
      newest = false;
    }
    return Optional.empty();
  }

  private Optional<Session> session(
      UserDirectory.KnownUser user, String expiryHex, boolean newest) {
    // Genuine, so this node wrote it: it is a number.
    Instant expiry = Instant.ofEpochSecond(Long.parseLong(expiryHex, 16));
    Duration left = Duration.between(clock.instant(), expiry);
    Duration whole = lifetime.get();
    // One that lasts longer than any comes from a time when the clock was far ahead.
    if (left.isNegative() || left.isZero() || left.compareTo(whole.plus(CORRECTION)) > 0) {
      return Optional.empty();
    }
    boolean old = left.toMillis() < RENEW_BELOW * whole.toMillis();
    return Optional.of(new Session(user, old || !newest));
  }

  private static byte[] code(byte[] secret, UserDirectory.KnownUser user, byte[] claim) {
    byte[] salt = user.password().salt().getBytes(StandardCharsets.UTF_8);
    byte[] key = Arrays.copyOf(secret, secret.length + salt.length);
    System.arraycopy(salt, 0, key, secret.length, salt.length);
    return new Hmac(key).of(claim);
  }
}
