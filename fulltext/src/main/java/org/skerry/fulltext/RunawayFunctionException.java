package org.skerry.fulltext;

/** An index function that uses up its time or memory again and again. */
final class RunawayFunctionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RunawayFunctionException(String reason) {
    super(reason, null, false, false);
  }
}
