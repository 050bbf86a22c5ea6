package org.skerry.conflict;

/** JSON that is no policy. The message names the rule, and what is wrong with it. */
public final class InvalidPolicyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InvalidPolicyException(String message) {
    super(message, null, false, false);
  }
}
