package org.skerry.search;

/** An index function that cannot be compiled; the message says why. */
public final class BadIndexFunctionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public BadIndexFunctionException(String message) {
    super(message, null, false, false);
  }
}
