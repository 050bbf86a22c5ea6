package org.skerry.server.backup;

/** A backup cannot be written or used; the message says why and what to do. */
public final class BadBackupException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BadBackupException(String message) {
    super(message);
  }
}
