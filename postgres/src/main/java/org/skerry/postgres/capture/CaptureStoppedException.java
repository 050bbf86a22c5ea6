package org.skerry.postgres.capture;

/** Nobody captures at the moment: what is to be written into tables has to wait. */
public final class CaptureStoppedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CaptureStoppedException(String reason) {
    super(reason);
  }
}
