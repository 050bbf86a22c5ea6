package org.skerry.config;

/** A value that cannot be used. The message says what was expected, and holds no secret. */
public final class InvalidConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public InvalidConfigException(String message) {
    super(message);
  }
}
