package org.skerry.atom;

import java.util.List;

/** A document of {@code _feeds} that describes no feed; the message names all that is wrong. */
final class InvalidFeedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InvalidFeedException(List<String> problems) {
    super(String.join("; ", problems), null, false, false);
  }
}
