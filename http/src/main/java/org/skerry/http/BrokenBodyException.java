package org.skerry.http;

import java.io.IOException;
import java.util.concurrent.TimeoutException;

/** A request's body that ended early, stopped coming, or is not what its headers say. */
final class BrokenBodyException extends IOException {
  private static final long serialVersionUID = 1L;

  BrokenBodyException(IOException cause) {
    super("the request's body cannot be read: " + cause.getMessage(), cause);
  }

  /** Whether nothing came for as long as a connection may be idle. */
  boolean stoppedComing() {
    Throwable cause = getCause();
    while (cause != null && !(cause instanceof TimeoutException)) {
      cause = cause.getCause();
    }
    return cause != null;
  }
}
