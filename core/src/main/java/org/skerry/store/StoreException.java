package org.skerry.store;

/**
 * A broken promise: I/O, corruption, misuse. The message says what was found and what to do. What
 * the protocol expects (a stale edit, an unknown document) is a result and not an exception.
 */
public class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StoreException(String message) {
    super(message);
  }

  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
