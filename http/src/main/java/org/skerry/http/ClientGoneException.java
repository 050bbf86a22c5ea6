package org.skerry.http;

import java.io.IOException;

/** An answer that could not be sent. Nobody is left to tell. */
final class ClientGoneException extends IOException {
  private static final long serialVersionUID = 1L;

  ClientGoneException(IOException cause) {
    super("the client is gone: " + cause.getMessage(), cause);
  }
}
