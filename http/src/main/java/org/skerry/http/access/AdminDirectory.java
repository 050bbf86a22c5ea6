package org.skerry.http;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The server's administrators, as the configuration names them. */
public final class AdminDirectory implements UserDirectory {
  private final Map<String, KnownUser> admins;

  private AdminDirectory(Map<String, KnownUser> admins) {
    this.admins = Map.copyOf(admins);
  }

  /**
   * Administrators by name, with their hashed passwords as {@link PasswordHash#parse} reads them.
   *
   * @throws IllegalArgumentException when an entry is no hash; it names the user, not the entry
   */
  public static AdminDirectory of(Map<String, String> hashed) {
    Map<String, KnownUser> admins = new HashMap<>();
    hashed.forEach(
        (name, entry) -> {
          PasswordHash hash =
              PasswordHash.parse(entry)
                  .orElseThrow(
                      () ->
                          new IllegalArgumentException(
                              "the password of administrator "
                                  + name
                                  + " is not hashed as -pbkdf2:sha256-HASH,SALT,ITERATIONS"));
          admins.put(name, new KnownUser(name, Set.of("_admin"), hash));
        });
    return new AdminDirectory(admins);
  }

  @Override
  public Optional<KnownUser> find(String name) {
    return Optional.ofNullable(admins.get(name));
  }
}
