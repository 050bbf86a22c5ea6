package org.skerry.http.access;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.skerry.config.ConfigKey;
import org.skerry.config.ConfigView;
import org.skerry.config.Configuration;

/**
 * The server's administrators: the names and hashes of the configuration's section {@code admins}.
 */
public final class AdminDirectory implements UserDirectory {
  /** The section. */
  public static final String SECTION = "admins";

  private static final Set<String> ROLES = Set.of("_admin");

  private final Configuration configuration;
  private final Supplier<Map<String, KnownUser>> admins;

  public AdminDirectory(Configuration configuration) {
    this.configuration = configuration;
    this.admins = configuration.derived(AdminDirectory::read);
  }

  /** What is no hash, lets nobody in. */
  private static Map<String, KnownUser> read(ConfigView view) {
    Map<String, KnownUser> admins = new HashMap<>();
    view.section(SECTION)
        .forEach(
            (name, text) ->
                PasswordHash.parse(text)
                    .ifPresent(hash -> admins.put(name, new KnownUser(name, ROLES, hash))));
    return admins;
  }

  @Override
  public Optional<KnownUser> find(String name) {
    return Optional.ofNullable(admins.get().get(name));
  }

  @Override
  public void replace(KnownUser user, PasswordHash better) {
    if (find(user.name()).map(KnownUser::password).equals(Optional.of(user.password()))) {
      configuration.put(new ConfigKey(SECTION, user.name()), better.text());
    }
  }
}
