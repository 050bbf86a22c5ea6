package org.skerry.server;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.skerry.http.AdminDirectory;
import org.skerry.http.PasswordHash;
import org.skerry.store.Properties;

/**
 * The node's administrator, whose hashed password the store keeps. There is always one: the first
 * start makes a password unless somebody gave one.
 *
 * @param made the password that was made just now, to be shown once
 */
record Administrator(String name, PasswordHash password, Optional<String> made) {
  private static final String PROPERTY = "administrator/";
  private static final int RANDOM_BYTES = 15;

  /**
   * The administrator of that name.
   *
   * @param given a password that replaces the one there is
   */
  static Administrator of(Properties properties, String name, Optional<String> given) {
    Optional<PasswordHash> kept =
        properties
            .get(PROPERTY + name)
            .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
            .flatMap(PasswordHash::parse);
    if (kept.isPresent() && given.map(kept.get()::matches).orElse(true)) {
      return new Administrator(name, kept.get(), Optional.empty());
    }
    String password = given.orElseGet(Administrator::random);
    PasswordHash hash = PasswordHash.of(password);
    properties.put(PROPERTY + name, hash.text().getBytes(StandardCharsets.UTF_8));
    return new Administrator(
        name, hash, given.isPresent() ? Optional.empty() : Optional.of(password));
  }

  private static String random() {
    byte[] bytes = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  AdminDirectory directory() {
    return AdminDirectory.of(Map.of(name, password.text()));
  }

  @Override
  public String toString() {
    return "Administrator[" + name + "]"; // never the password
  }
}
