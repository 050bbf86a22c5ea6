package org.skerry.postgres.mapping;

import java.util.List;

/** What should describe a satellite or its tables and does not; the message names all faults. */
public final class InvalidMappingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  /** One exception for all that is wrong. */
  public InvalidMappingException(List<String> problems) {
    super(String.join("; ", problems), null, false, false);
    this.problems = List.copyOf(problems);
  }

  /** All that is wrong. */
  public List<String> problems() {
    return problems;
  }
}
