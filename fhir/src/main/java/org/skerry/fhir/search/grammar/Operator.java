package org.skerry.fhir.search.grammar;

import java.util.Locale;
import java.util.Optional;

/** How a filter compares (http://hl7.org/fhir/R4/search_filter.html#ops). */
public enum Operator {
  EQ,
  NE,
  /** Contains the value. */
  CO,
  /** Starts with it. */
  SW,
  /** Ends with it. */
  EW,
  GT,
  LT,
  GE,
  LE,
  AP,
  SA,
  EB,
  /** There is a value, or is none. */
  PR,
  /** The times overlap. */
  PO,
  /** The value subsumes a concept. */
  SS,
  /** The value is subsumed by a concept. */
  SB,
  /** A concept is in the value set. */
  IN,
  /** No concept is in the value set. */
  NI,
  /** Refers to that. */
  RE;

  /** As filters write it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Operator> of(String text) {
    for (Operator one : values()) {
      if (one.text().equals(text.toLowerCase(Locale.ROOT))) {
        return Optional.of(one);
      }
    }
    return Optional.empty();
  }
}
