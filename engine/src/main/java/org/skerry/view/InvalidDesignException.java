package org.skerry.view;

/** A design document's views cannot be built. The message is CouchDB's reason. */
public final class InvalidDesignException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public InvalidDesignException(String reason) {
    super(reason);
  }
}
