package org.skerry.fhir;

import java.net.URI;
import java.net.URISyntaxException;
import org.skerry.config.ConfigKey;
import org.skerry.config.ConfigRule;
import org.skerry.config.InvalidConfigException;
import org.skerry.fhir.audit.AuditLevel;

/** What values of the configuration's section {@code fhir} must look like. */
public final class FhirRules implements ConfigRule {
  /** A database of a name that anybody may take. */
  private static final String NAME = "[a-z][a-z0-9_$()+/-]{0,237}";

  @Override
  public String accept(ConfigKey key, String value) {
    if (!key.section().equals(FhirSettings.SECTION)) {
      return value;
    }
    switch (key.name()) {
      case FhirSettings.AUDIT -> {
        if (AuditLevel.of(value.strip()).isEmpty()) {
          throw bad(key, "none, writes or all");
        }
      }
      case FhirSettings.AUDIT_DATABASE -> {
        if (!value.strip().matches(NAME)) {
          throw bad(key, "a name that a database may have");
        }
      }
      case FhirSettings.ENDPOINTS -> FhirSettings.texts(value).forEach(url -> check(key, url));
      default -> {}
    }
    return value;
  }

  private static void check(ConfigKey key, String text) {
    try {
      URI url = new URI(text);
      boolean web = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
      if (web && url.getHost() != null && url.getUserInfo() == null && url.getQuery() == null) {
        return;
      }
    } catch (URISyntaxException e) {
      throw bad(key, "beginnings of http or https URLs, parted by commas");
    }
    throw bad(key, "beginnings of http or https URLs, parted by commas");
  }

  private static InvalidConfigException bad(ConfigKey key, String wanted) {
    return new InvalidConfigException("The value of " + key + " must be " + wanted);
  }
}
