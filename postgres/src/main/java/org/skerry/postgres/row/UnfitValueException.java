package org.skerry.postgres.row;

/** A member that can be no value of its column. */
public final class UnfitValueException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says what is wrong, without the value. */
  public UnfitValueException(String what) {
    super(what, null, false, false);
  }
}
