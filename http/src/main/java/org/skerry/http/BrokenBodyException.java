package org.skerry.http;

import java.io.IOException;

/** A request's body that ended early, stopped coming, or is not what its headers say. */
final class BrokenBodyException extends IOException {
  private static final long serialVersionUID = 1L;

  BrokenBodyException(IOException cause) {
    super("the request's body cannot be read: " + cause.getMessage(), cause);
  }
}
