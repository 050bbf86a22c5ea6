package org.skerry.fhir.search.definition;

import java.util.Locale;

/** What a search parameter's values are compared as (R4, 3.1.1.4). */
public enum ParameterType {
  NUMBER,
  DATE,
  STRING,
  TOKEN,
  REFERENCE,
  COMPOSITE,
  QUANTITY,
  URI,
  SPECIAL;

  static ParameterType of(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }

  /** Whether a resource has one row at most for a key of it, so that rows are resources. */
  public boolean isOneRowAKey() {
    return this != STRING;
  }

  /** As FHIR writes it. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
