package org.skerry.http.couch.admin;

import org.skerry.config.ConfigKey;

/** Values as an answer may show them. */
final class Shown {
  private static final String HIDDEN = "****";

  private Shown() {}

  /** The value, or stars in the place of a secret. */
  static String value(ConfigKey key, String value) {
    return key.isSecret() && !value.isEmpty() ? HIDDEN : value;
  }

  /** Whether this is what stood in the place of a secret. */
  static boolean isHidden(String value) {
    return value.equals(HIDDEN);
  }
}
