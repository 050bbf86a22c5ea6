package org.skerry.postgres.old;

/** What came is no call that can be answered; the message is the fault's. */
final class BadCallException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BadCallException(String message) {
    super(message);
  }
}
