package org.skerry.http.access;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers which passwords were found right, so that signing in again costs no PBKDF2: for a
 * session, in requests that began together, with a header that is not among the {@link
 * VerifiedHeaders}.
 *
 * <p>What is kept is a code of the password and of the user's stored hash under a key that exists
 * only in this process: it is worth nothing elsewhere, and a changed password is unknown at once.
 */
final class VerifiedPasswords {
  private static final int MOST = 10_000;
  private static final int KEY_BYTES = 32;

  private final Hmac hmac;
  private final Set<String> known = ConcurrentHashMap.newKeySet();

  VerifiedPasswords() {
    byte[] key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    hmac = new Hmac(key);
  }

  boolean contains(UserDirectory.KnownUser user, String password) {
    return known.contains(code(user, password));
  }

  void add(UserDirectory.KnownUser user, String password) {
    if (known.size() >= MOST) {
      known.clear(); // they are verified anew; simpler than remembering who came last
    }
    known.add(code(user, password));
  }

  private String code(UserDirectory.KnownUser user, String password) {
    // The derived key has a fixed alphabet, so that the newline parts it from the password.
    String text = user.password().derivedKey() + "\n" + password;
    return new String(hmac.of(text.getBytes(StandardCharsets.UTF_8)), StandardCharsets.ISO_8859_1);
  }
}
