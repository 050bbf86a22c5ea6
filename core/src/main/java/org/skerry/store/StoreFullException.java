package org.skerry.store;

/**
 * There is no room for what was to be written. Nothing of it was written, reading goes on, and so
 * does writing as soon as there is room.
 */
public final class StoreFullException extends StoreException {
  private static final long serialVersionUID = 1L;

  public StoreFullException(String message) {
    super(message);
  }

  public StoreFullException(String message, Throwable cause) {
    super(message, cause);
  }
}
