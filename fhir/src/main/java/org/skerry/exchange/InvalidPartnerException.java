package org.skerry.exchange;

import java.util.List;

/** A document of {@code _exchange} that describes no partner; the message names all faults. */
final class InvalidPartnerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InvalidPartnerException(List<String> problems) {
    super(String.join("; ", problems), null, false, false);
  }
}
