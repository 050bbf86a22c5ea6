package org.skerry.config;

/** Names a value: {@code chttpd_auth/timeout}. */
public record ConfigKey(String section, String name) implements Comparable<ConfigKey> {
  @Override
  public int compareTo(ConfigKey other) {
    int bySection = section.compareTo(other.section);
    return bySection != 0 ? bySection : name.compareTo(other.name);
  }

  /** Whether the value must not be shown to anybody. */
  public boolean isSecret() {
    if (section.equals("admins")) {
      return true;
    }
    if (section.equals("jwt_keys")) {
      return name.startsWith("hmac:"); // the others are public keys
    }
    return name.endsWith("secret") && !name.equals("proxy_use_secret")
        || name.endsWith("password")
        || name.endsWith("passphrase");
  }

  @Override
  public String toString() {
    return section + "/" + name;
  }
}
