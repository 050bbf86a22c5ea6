package org.skerry.search;

/** A request that cannot be answered as it is; the message says what is wrong, and where. */
public final class BadSearchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public BadSearchException(String message) {
    super(message, null, false, false);
  }
}
