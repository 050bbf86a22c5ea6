package org.skerry.mango;

import org.skerry.database.WriteResult;

/** A guard of the database did not let an index's design document in. */
public final class DesignRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient WriteResult.Forbidden refusal;

  DesignRefusedException(WriteResult.Forbidden refusal) {
    super(refusal.reason());
    this.refusal = refusal;
  }

  /** What the guard said. */
  public WriteResult.Forbidden refusal() {
    return refusal;
  }
}
