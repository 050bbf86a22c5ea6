package org.skerry.store;

/**
 * The process has as many files open as it may, and the store needs one more. Nothing was written;
 * it goes on by itself when there are handles again.
 */
public final class OutOfHandlesException extends StoreException {
  private static final long serialVersionUID = 1L;

  public OutOfHandlesException(String message, Throwable cause) {
    super(message, cause);
  }
}
