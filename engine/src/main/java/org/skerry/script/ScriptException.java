package org.skerry.script;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What went wrong in a function, or in compiling it. The message is for its author. */
public final class ScriptException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What kind of trouble. */
  public enum Kind {
    /** The source is no function, or uses what this engine does not know. */
    COMPILE,
    /** The design document has no function of that name. */
    MISSING,
    /** The function threw something. */
    THROWN,
    /** It took too long. */
    TIMEOUT,
    /** It allocated too much. */
    MEMORY,
    /** It called itself too deeply. */
    STACK,
    /** It emitted or returned too much, or something that is no JSON. */
    OUTPUT
  }

  private final Kind kind;
  private final String name;
  private final transient Optional<JsonNode> thrown;

  public ScriptException(Kind kind, String message) {
    this(kind, kind.name(), message, Optional.empty());
  }

  /**
   * Something that was thrown.
   *
   * @param name the error's name ({@code TypeError}); empty for what is no error
   * @param thrown its value, when it is no error but JSON
   */
  public ScriptException(Kind kind, String name, String message, Optional<JsonNode> thrown) {
    super(message, null, false, false);
    this.kind = kind;
    this.name = name;
    this.thrown = thrown;
  }

  public Kind kind() {
    return kind;
  }

  /** The name of the error that was thrown, such as {@code TypeError}. */
  public String name() {
    return name;
  }

  /** What was thrown when it is no error: {@code {forbidden: "…"}} or a text, for example. */
  public Optional<JsonNode> thrown() {
    return thrown == null ? Optional.empty() : thrown;
  }

  /** Whether the function is to blame for having used more than it may. */
  public boolean isExcess() {
    return switch (kind) {
      case TIMEOUT, MEMORY, STACK, OUTPUT -> true;
      case COMPILE, MISSING, THROWN -> false;
    };
  }
}
