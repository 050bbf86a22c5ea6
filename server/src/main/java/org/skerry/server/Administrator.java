package org.skerry.server;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Consumer;
import org.skerry.config.ConfigKey;
import org.skerry.config.Configuration;
import org.skerry.http.access.AdminDirectory;
import org.skerry.http.access.PasswordHash;
import org.skerry.store.Properties;

/**
 * The administrator that the operator names, whose hashed password the configuration keeps. There
 * is always one: the first start makes a password unless somebody gave one.
 *
 * @param made the password that was made just now, to be shown once
 */
record Administrator(String name, Optional<String> made) {
  /** Where the hash stood before there was a configuration. */
  private static final String FORMER = "administrator/";

  private static final int RANDOM_BYTES = 15;

  /**
   * Makes the administrator of that name when it is needed.
   *
   * @param given a password that replaces the one there is
   * @param made is told of one that is made, before it is kept: a start that fails behind that is
   *     not the first one any more
   */
  static Administrator ensure(
      Configuration configuration,
      Properties properties,
      String name,
      Optional<String> given,
      Consumer<String> made) {
    ConfigKey key = new ConfigKey(AdminDirectory.SECTION, name);
    Optional<PasswordHash> kept =
        configuration
            .view()
            .get(key)
            .or(
                () ->
                    properties
                        .get(FORMER + name)
                        .map(bytes -> new String(bytes, StandardCharsets.UTF_8)))
            .flatMap(PasswordHash::parse);
    if (given.isPresent()) {
      if (kept.filter(hash -> hash.matches(given.get())).isEmpty()) {
        configuration.put(key, given.get());
      }
      return new Administrator(name, Optional.empty());
    }
    if (kept.isPresent()) {
      if (configuration.view().get(key).isEmpty()) {
        configuration.put(key, kept.get().text());
      }
      return new Administrator(name, Optional.empty());
    }
    if (!configuration.view().section(AdminDirectory.SECTION).isEmpty()) {
      return new Administrator(name, Optional.empty()); // somebody else administers
    }
    String password = random();
    made.accept(password);
    configuration.put(key, password);
    return new Administrator(name, Optional.of(password));
  }

  private static String random() {
    byte[] bytes = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @Override
  public String toString() {
    return "Administrator[" + name + "]"; // never the password
  }
}
