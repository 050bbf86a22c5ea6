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

  /** Whether the message says where in a value the fault is. */
  private final boolean placed;

  public BadSearchException(Kind kind, String message) {
    this(kind, message, false);
  }

  private BadSearchException(Kind kind, String message, boolean placed) {
    super(message);
    this.kind = kind;
    this.placed = placed;
  }

  static BadSearchException invalid(String message) {
    return new BadSearchException(Kind.INVALID, message);
  }

  static BadSearchException unsupported(String message) {
    return new BadSearchException(Kind.NOT_SUPPORTED, message);
  }

  static BadSearchException tooCostly(String message) {
    return new BadSearchException(Kind.TOO_COSTLY, message);
  }

  /**
   * It with the place in a parameter's value; what has one keeps it.
   *
   * @param at before which character, from 0
   */
  BadSearchException at(String parameter, int at) {
    return placed
        ? this
        : new BadSearchException(
            kind, parameter + ", character " + (at + 1) + ": " + getMessage(), true);
  }

  public Kind kind() {
    return kind;
  }
}
