package org.skerry.http.access;

import java.util.function.IntSupplier;
import org.skerry.config.ConfigKey;
import org.skerry.config.ConfigRule;
import org.skerry.config.ConfigView;
import org.skerry.config.InvalidConfigException;

/**
 * Passwords of administrators are kept hashed, and there is always an administrator: a node without
 * one could be opened to everybody, or to nobody.
 */
public final class AdminsRule implements ConfigRule {
  private final PasswordHasher hasher;
  private final IntSupplier iterations;

  /**
   * The rule.
   *
   * @param iterations for new hashes
   */
  public AdminsRule(PasswordHasher hasher, IntSupplier iterations) {
    this.hasher = hasher;
    this.iterations = iterations;
  }

  @Override
  public String accept(ConfigKey key, String value) {
    if (!key.section().equals(AdminDirectory.SECTION)) {
      return value;
    }
    if (key.name().indexOf(':') >= 0 || key.name().startsWith("_")) {
      throw new InvalidConfigException(
          "An administrator's name has no colon, and does not begin with an underscore");
    }
    if (value.isBlank()) {
      throw new InvalidConfigException("An administrator's password must not be empty");
    }
    return PasswordHash.parse(value)
        .orElseGet(() -> hasher.hash(value, iterations.getAsInt()))
        .text();
  }

  @Override
  public void checkRemoval(ConfigKey key, ConfigView before) {
    if (key.section().equals(AdminDirectory.SECTION)
        && before.section(AdminDirectory.SECTION).keySet().stream().allMatch(key.name()::equals)) {
      throw new InvalidConfigException(
          "The last administrator stays: make another one before deleting this one");
    }
  }
}
