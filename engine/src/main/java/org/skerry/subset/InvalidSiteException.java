package org.skerry.subset;

/** A document of {@code _sites} that is none. The message says where and why. */
public final class InvalidSiteException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InvalidSiteException(String pointer, String why) {
    super("at " + pointer + ": " + why);
  }
}
