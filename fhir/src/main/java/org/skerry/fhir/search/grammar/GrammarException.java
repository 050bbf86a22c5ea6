package org.skerry.fhir.search.grammar;

/** A value that cannot be read; the message tells its author why. */
public final class GrammarException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int at;

  GrammarException(int at, String message) {
    super(message);
    this.at = at;
  }

  /** Before which of the value's characters the fault is, from 0. */
  public int at() {
    return at;
  }
}
