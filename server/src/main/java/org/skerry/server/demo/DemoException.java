package org.skerry.server.demo;

/**
 * The demonstration cannot go on. The message is one line for people: what was expected of whom.
 */
final class DemoException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DemoException(String message) {
    super(message);
  }

  DemoException(String message, Throwable cause) {
    super(message, cause);
  }
}
