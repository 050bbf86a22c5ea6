package org.skerry.fhir.subscription;

/** A Subscription that cannot be run; the message says why. */
final class InvalidSubscriptionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InvalidSubscriptionException(String message) {
    super(message, null, false, false);
  }
}
