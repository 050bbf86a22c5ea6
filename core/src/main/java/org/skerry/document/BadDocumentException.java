package org.skerry.document;

/** Input that is no document. The message is made for whoever sent it: found, expected, remedy. */
public final class BadDocumentException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What is wrong with it. */
  public enum Kind {
    /** Not JSON, not UTF-8, a member twice, or nested too deep. */
    BAD_JSON,
    /** JSON, but no object. */
    NOT_AN_OBJECT,
    /** A member that begins with an underscore and has no meaning, or the wrong type. */
    BAD_SPECIAL_MEMBER,
    /** An id that no document may have. */
    BAD_ID,
    /** Something that should be a revision id. */
    BAD_REV,
    /** Larger than the configured limit. */
    TOO_LARGE
  }

  private final Kind kind;

  public BadDocumentException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public BadDocumentException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
