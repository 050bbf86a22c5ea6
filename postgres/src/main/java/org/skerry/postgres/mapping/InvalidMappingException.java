package org.skerry.postgres.mapping;

import java.util.List;

/** What should describe a satellite or its tables and does not; the message names all faults. */
public final class InvalidMappingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** One exception for all that is wrong. */
  public InvalidMappingException(List<String> problems) {
    super(String.join("; ", problems), null, false, false);
  }
}
