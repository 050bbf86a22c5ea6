package org.skerry.fhir.audit;

/** What can be done, as the code system {@code restful-interaction} calls it. */
public enum Action {
  READ("read", "R"),
  VERSION_READ("vread", "R"),
  HISTORY("history", "R"),
  SEARCH("search", "E"),
  CREATE("create", "C"),
  UPDATE("update", "U"),
  PATCH("patch", "U"),
  DELETE("delete", "D"),
  BUNDLE("transaction", "E"),
  OPERATION("operation", "E"),
  /** Nothing about anybody. */
  NOTHING("capabilities", "E");

  private final String code;
  private final String letter;

  Action(String code, String letter) {
    this.code = code;
    this.letter = letter;
  }

  /** As {@code AuditEvent.subtype} has it. */
  String code() {
    return code;
  }

  /** As {@code AuditEvent.action} has it. */
  String letter() {
    return letter;
  }

  /** Whether it changes something. */
  public boolean isWrite() {
    return switch (this) {
      case CREATE, UPDATE, PATCH, DELETE, BUNDLE -> true;
      case READ, VERSION_READ, HISTORY, SEARCH, OPERATION, NOTHING -> false;
    };
  }
}
