package org.skerry.scope;

/** Rules that mean nothing. The message says where, as a JSON pointer, and why. */
public final class InvalidScopeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String pointer;
  private final String why;

  InvalidScopeException(String pointer, String why) {
    super("at " + (pointer.isEmpty() ? "the top" : pointer) + ": " + why);
    this.pointer = pointer;
    this.why = why;
  }

  /** Where in the rules the fault stands, as a JSON pointer. */
  public String pointer() {
    return pointer;
  }

  /** What should stand there, without the place. */
  public String why() {
    return why;
  }
}
