package org.skerry.fhir.outcome;

import java.util.Optional;

/**
 * One issue of an OperationOutcome (http://hl7.org/fhir/R4/operationoutcome.html).
 *
 * @param code of the value set {@code issue-type}
 * @param diagnostics for people: found, expected, what to do
 * @param expression where in the resource, as FHIRPath
 */
public record Issue(
    Severity severity, String code, String diagnostics, Optional<String> expression) {
  /** How bad it is. */
  public enum Severity {
    ERROR,
    WARNING,
    INFORMATION
  }

  /** What refused a request. */
  public static Issue error(String code, String diagnostics) {
    return new Issue(Severity.ERROR, code, diagnostics, Optional.empty());
  }

  /** What refused a request, at a place of its resource. */
  public static Issue error(String code, String diagnostics, String expression) {
    return new Issue(Severity.ERROR, code, diagnostics, Optional.of(expression));
  }

  /** What is not as the client may think, and hinders nothing. */
  public static Issue warning(String code, String diagnostics) {
    return new Issue(Severity.WARNING, code, diagnostics, Optional.empty());
  }

  /** What a client may like to know. */
  public static Issue information(String diagnostics) {
    return new Issue(Severity.INFORMATION, "informational", diagnostics, Optional.empty());
  }
}
