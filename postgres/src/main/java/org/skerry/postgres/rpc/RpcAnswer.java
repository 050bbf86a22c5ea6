package org.skerry.postgres.rpc;

import tools.jackson.databind.JsonNode;

/** What the application said to a call. */
public sealed interface RpcAnswer {
  /** It did what it was asked. */
  record Result(JsonNode value) implements RpcAnswer {}

  /** It did nothing, and says why. */
  record Refused(Reason reason, String message) implements RpcAnswer {}

  /** Why an application refuses. */
  enum Reason {
    /** A rule of the application does not allow this: a unique code, a missing value. */
    RULE,
    /** Somebody else wrote the record since it was read. */
    CHANGED_MEANWHILE,
    /** It has no such model or method, or the user may not call it. */
    NOT_ALLOWED,
    /** Anything else: an error inside the application. */
    FAILED
  }

  /** The value of a call that must succeed. */
  default JsonNode orThrow() {
    return switch (this) {
      case Result(JsonNode value) -> value;
      case Refused(Reason reason, String message) -> throw new RpcRefusedException(reason, message);
    };
  }
}
