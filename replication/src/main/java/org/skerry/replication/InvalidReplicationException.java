package org.skerry.replication;

/** A request for a replication that cannot be understood. The message is for whoever sent it. */
public final class InvalidReplicationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InvalidReplicationException(String message) {
    super(message);
  }
}
