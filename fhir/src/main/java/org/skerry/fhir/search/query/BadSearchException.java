package org.skerry.fhir.search.query;

/** A query that cannot be answered; the message tells its author why. */
public final class BadSearchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What is wrong with it. */
  public enum Kind {
    /** It means nothing. */
    INVALID("invalid"),
    /** It means something that is not to be had here. */
    NOT_SUPPORTED("not-supported"),
    /** It would take more than anybody may. */
    TOO_COSTLY("too-costly");

    private final String code;

    Kind(String code) {
      this.code = code;
    }

    /** FHIR's code for such an issue. */
    public String code() {
      return code;
    }
  }

  private final Kind kind;

  public BadSearchException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  static BadSearchException invalid(String message) {
    return new BadSearchException(Kind.INVALID, message);
  }

  static BadSearchException unsupported(String message) {
    return new BadSearchException(Kind.NOT_SUPPORTED, message);
  }

  public Kind kind() {
    return kind;
  }
}
