package org.skerry.replication.http;

import java.io.IOException;

/**
 * An answer that came whole and is not what was asked for. Not a broken line, so nobody has to
 * watch for the peer to be reached again.
 */
final class OddAnswerException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * That answer.
   *
   * @param message what is odd about it
   */
  OddAnswerException(String message) {
    super(message);
  }
}
