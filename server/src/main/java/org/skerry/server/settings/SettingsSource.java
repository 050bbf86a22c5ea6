package org.skerry.server.settings;

/** What an operator says, as often as it is read. */
@FunctionalInterface
public interface SettingsSource {
  /**
   * The settings as they are now.
   *
   * @throws InvalidSettingsException with all problems
   */
  Settings read();
}
