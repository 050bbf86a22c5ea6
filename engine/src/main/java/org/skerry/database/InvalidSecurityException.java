package org.skerry.database;

/** A security object of the wrong shape; the message is CouchDB's reason. */
public final class InvalidSecurityException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InvalidSecurityException(String reason) {
    super(reason);
  }

  InvalidSecurityException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
