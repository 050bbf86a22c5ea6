package org.skerry.http.access;

import java.util.Map;
import org.skerry.config.ConfigKey;
import org.skerry.config.ConfigRule;
import org.skerry.config.InvalidConfigException;

/**
 * What values of the sections about signing in must look like. CouchDB takes anything and falls
 * back to a default; here a mistake about who may come in is told to whoever makes it.
 */
public final class AccessRules implements ConfigRule {
  private static final String NUMBER = "[0-9]{1,9}";
  private static final String FLAG = "true|false";

  private static final Map<String, String> FORMS =
      Map.ofEntries(
          Map.entry("timeout", "[1-9][0-9]{0,7}"),
          Map.entry("iterations", "[1-9][0-9]{0,7}"),
          Map.entry("min_iterations", NUMBER),
          Map.entry("max_iterations", NUMBER),
          Map.entry("allow_persistent_cookies", FLAG),
          Map.entry("require_valid_user", FLAG),
          Map.entry("upgrade_hash_on_auth", FLAG),
          Map.entry("proxy_use_secret", FLAG),
          Map.entry("same_site", "(?i)|none|lax|strict"),
          Map.entry("cookie_domain", "[\\w.-]*"));

  private static final Map<String, String> LOCKOUT_FORMS =
      Map.of("mode", "off|warn|enforce", "threshold", NUMBER, "max_lifetime", NUMBER);

  @Override
  public String accept(ConfigKey key, String value) {
    switch (key.section()) {
      case "chttpd_auth", "couch_httpd_auth" -> checkAuth(key, value);
      case "chttpd_auth_lockout" -> checkForm(key, value, LOCKOUT_FORMS);
      case "chttpd" -> checkChttpd(key, value);
      case JwtKeys.SECTION -> checkKey(key, value);
      default -> {}
    }
    return value;
  }

  private static void checkAuth(ConfigKey key, String value) {
    if (key.name().equals("password_regexp")) {
      PasswordRule.check(value);
    }
    if (key.name().equals("secret") && value.isBlank()) {
      throw new InvalidConfigException("A secret must not be empty; delete it to have one made");
    }
    checkForm(key, value, FORMS);
  }

  private static void checkForm(ConfigKey key, String value, Map<String, String> forms) {
    String form = forms.get(key.name());
    if (form != null && !value.strip().matches(form)) {
      throw new InvalidConfigException("The value of " + key + " must match " + form);
    }
  }

  private static void checkChttpd(ConfigKey key, String value) {
    if (key.name().equals("require_valid_user")) {
      checkForm(key, value, FORMS);
    }
    if (key.name().equals("authentication_handlers")
        && !value.contains("cookie_authentication_handler")
        && !value.contains("default_authentication_handler")) {
      // Nobody could sign in by password to set it right.
      throw new InvalidConfigException(
          "authentication_handlers must name cookie_authentication_handler or"
              + " default_authentication_handler among others");
    }
  }

  private static void checkKey(ConfigKey key, String value) {
    boolean ours = key.name().matches("(hmac|rsa|ec):.+");
    if (ours && JwtKeys.read(key.name(), value).isEmpty()) {
      throw new InvalidConfigException(
          key.name().startsWith("hmac:")
              ? "An hmac key is a secret in base64"
              : "An rsa or ec key is a public key in PEM, -----BEGIN PUBLIC KEY-----");
    }
  }
}
