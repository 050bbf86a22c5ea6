package org.skerry.design;

/** There is no such design document, or no such function in it; the message is CouchDB's reason. */
public final class DesignMissingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DesignMissingException(String reason) {
    super(reason, null, false, false);
  }
}
