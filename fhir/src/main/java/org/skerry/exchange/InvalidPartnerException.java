package org.skerry.exchange;

import java.util.List;

/** A document describes no partner. */
final class InvalidPartnerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  /** Tells all problems at once. */
  InvalidPartnerException(List<String> problems) {
    super(String.join("; ", problems), null, false, false);
    this.problems = List.copyOf(problems);
  }

  List<String> problems() {
    return problems;
  }
}
