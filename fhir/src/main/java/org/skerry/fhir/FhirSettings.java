package org.skerry.fhir;

import java.util.List;
import org.skerry.config.ConfigView;
import org.skerry.fhir.audit.AuditLevel;

/**
 * What an administrator decides about FHIR while the node runs: the section {@code fhir} of the
 * configuration.
 *
 * @param audit what leaves an AuditEvent
 * @param auditDatabase where AuditEvents are kept
 * @param endpoints where subscriptions may send to: beginnings of URLs
 */
public record FhirSettings(AuditLevel audit, String auditDatabase, List<String> endpoints) {
  /** The section of the configuration. */
  public static final String SECTION = "fhir";

  static final String AUDIT = "audit";
  static final String AUDIT_DATABASE = "audit_database";
  static final String ENDPOINTS = "subscription_endpoints";
  private static final String DATABASE = "fhir-audit";

  /** What holds where nobody decided. */
  public static final FhirSettings DEFAULT =
      new FhirSettings(AuditLevel.WRITES, DATABASE, List.of());

  /** For programs that run a server without a node: nothing is audited. */
  public static final FhirSettings QUIET = new FhirSettings(AuditLevel.NONE, DATABASE, List.of());

  public FhirSettings {
    endpoints = List.copyOf(endpoints);
  }

  /** As the configuration has it. */
  public static FhirSettings of(ConfigView view) {
    return new FhirSettings(
        view.get(SECTION, AUDIT).flatMap(text -> AuditLevel.of(text.strip())).orElse(DEFAULT.audit),
        view.get(SECTION, AUDIT_DATABASE).map(String::strip).orElse(DATABASE),
        texts(view.get(SECTION, ENDPOINTS).orElse("")));
  }

  /** Texts that are parted by commas. */
  static List<String> texts(String list) {
    return List.of(list.split(",")).stream()
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .toList();
  }
}
