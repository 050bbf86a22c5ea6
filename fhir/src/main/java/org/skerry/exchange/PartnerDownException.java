package org.skerry.exchange;

/** The partner cannot be reached, or lets this node not in: nothing moves, all of it waits. */
final class PartnerDownException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PartnerDownException(String message) {
    super(message, null, false, false);
  }
}
