package org.skerry.postgres.capture.pgoutput;

/** What came is no log as this reader knows it. */
public final class BadLogException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BadLogException(String problem) {
    super(problem);
  }
}
