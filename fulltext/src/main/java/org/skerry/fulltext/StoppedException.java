package org.skerry.fulltext;

/** The node ends; what was indexed stays. */
final class StoppedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StoppedException() {
    super("The node is being stopped.", null, false, false);
  }
}
