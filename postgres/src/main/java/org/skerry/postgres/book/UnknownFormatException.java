package org.skerry.postgres.book;

/** A book that another version of this program wrote. */
public final class UnknownFormatException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnknownFormatException(int found, int known) {
    super(
        "the schema `skerry` has format "
            + found
            + ", and this program knows format "
            + known
            + ": use the version of Skerry that made it, or a newer one");
  }
}
