package org.skerry.config;

/** What must hold for some values. Called under the configuration's lock, before a change. */
public interface ConfigRule {
  /**
   * The form in which a value is kept.
   *
   * @throws InvalidConfigException when it cannot be used
   */
  default String accept(ConfigKey key, String value) {
    return value;
  }

  /**
   * Agrees to the removal of a value.
   *
   * @param before the configuration as it still is
   * @throws InvalidConfigException when the node needs it
   */
  default void checkRemoval(ConfigKey key, ConfigView before) {}
}
