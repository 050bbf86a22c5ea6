package org.skerry.mango;

/**
 * A query or an index definition that is refused. The message is CouchDB's reason where it has one.
 */
public final class MangoException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Kind kind;
  private final String error;

  MangoException(Kind kind, String error, String reason) {
    super(reason);
    this.kind = kind;
    this.error = error;
  }

  static MangoException bad(String error, String reason) {
    return new MangoException(Kind.BAD_REQUEST, error, reason);
  }

  /** Whose fault it is, and what to do about it. */
  public enum Kind {
    /** The request is wrong. */
    BAD_REQUEST,
    /** What it names is not here. */
    NOT_FOUND,
    /** It is right, and could not be done. */
    FAILED,
    /** It needs something that this node does not have. */
    UNAVAILABLE
  }

  public Kind kind() {
    return kind;
  }

  /** CouchDB's word for it, such as {@code no_usable_index}. */
  public String error() {
    return error;
  }
}
