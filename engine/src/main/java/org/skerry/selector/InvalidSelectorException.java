package org.skerry.selector;

/**
 * JSON that is no selector. The message is CouchDB's reason where it has one; {@link #pointer} says
 * which member of the selector is meant.
 */
public final class InvalidSelectorException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String error;
  private final String pointer;

  InvalidSelectorException(String error, String reason, String pointer) {
    super(reason);
    this.error = error;
    this.pointer = pointer;
  }

  /** CouchDB's word for it, such as {@code bad_arg} or {@code invalid_operator}. */
  public String error() {
    return error;
  }

  /** The place in the selector as a JSON pointer (RFC 6901); empty for the selector itself. */
  public String pointer() {
    return pointer;
  }
}
