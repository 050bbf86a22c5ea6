package org.skerry.changes;

/** A text that is no position in a feed. The message is CouchDB's, which clients compare. */
public final class InvalidSinceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InvalidSinceException() {
    super("Malformed sequence supplied in 'since' parameter.");
  }
}
