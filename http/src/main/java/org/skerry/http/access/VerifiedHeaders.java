package org.skerry.http.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.skerry.http.Authenticator.SignedIn;

/**
 * Remembers whom {@code Authorization} headers were found to name: a client sends the same with
 * each of its requests, most of which cost less than to read it and to hash its password.
 *
 * <p>What is kept of a header is SHA-256 over a secret block, which exists only in this process,
 * and the header: it is worth nothing elsewhere, and no sender can aim at the code of another's
 * header, or learn from the time of a look-up how near it came. (HMAC would guard a code that
 * somebody sees against being continued; nobody sees this one.) A header holds as long as its user
 * has the stored hash against which the password was checked: a changed password, and a user who is
 * gone, are unknown at once. Any thread.
 */
final class VerifiedHeaders {
  private static final int MOST = 10_000;

  /** A block of SHA-256, so that it is compressed once and for all. */
  private static final int SECRET_BYTES = 64;

  /** Headers and salts that are longer are checked each time: honest ones are short. */
  private static final int LONGEST = 1_024;

  private final Function<String, Optional<UserDirectory.KnownUser>> users;

  /** Has read the secret; only cloned. */
  private final MessageDigest begun;

  private final Map<String, Verified> known = new ConcurrentHashMap<>();

  private record Verified(UserDirectory.KnownUser user, Optional<SignedIn> signedIn) {
    static Verified of(UserDirectory.KnownUser user) {
      return new Verified(user, Optional.of(new SignedIn(user.context("default"), List.of())));
    }
  }

  /**
   * @param users those who may sign in now, by name
   */
  VerifiedHeaders(Function<String, Optional<UserDirectory.KnownUser>> users) {
    this.users = users;
    byte[] secret = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(secret);
    try {
      begun = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
    begun.update(secret);
  }

  /** Whoever a header was found to name, as they are now; nothing when it is to be checked. */
  @SuppressWarnings("ReferenceEquality") // Mostly nothing changed, and it is the same object.
  Optional<SignedIn> find(String header) {
    if (header.length() > LONGEST) {
      return Optional.empty();
    }
    String code = code(header);
    Verified verified = known.get(code);
    if (verified == null) {
      return Optional.empty();
    }
    Optional<UserDirectory.KnownUser> now = users.apply(verified.user.name());
    if (now.isEmpty()) {
      return Optional.empty();
    }
    UserDirectory.KnownUser user = now.get();
    if (user == verified.user) {
      return verified.signedIn;
    }
    if (!user.password().equals(verified.user.password())) {
      known.remove(code, verified);
      return Optional.empty();
    }
    Verified renewed = Verified.of(user); // with other roles, perhaps
    known.replace(code, verified, renewed);
    return renewed.signedIn;
  }

  /** Remembers a header whose password is that of the user's stored hash. */
  void add(String header, UserDirectory.KnownUser user) {
    // Users write their own salts, as long as a document may be.
    if (header.length() > LONGEST || user.password().salt().length() > LONGEST) {
      return;
    }
    if (known.size() >= MOST) {
      known.clear(); // they are checked anew; simpler than remembering who came last
    }
    known.put(code(header), Verified.of(user));
  }

  private String code(String header) {
    MessageDigest digest;
    try {
      digest = (MessageDigest) begun.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("this Java's SHA-256 cannot be cloned", e);
    }
    byte[] code = digest.digest(header.getBytes(StandardCharsets.UTF_8));
    return new String(code, StandardCharsets.ISO_8859_1);
  }
}
