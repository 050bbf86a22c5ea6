package org.skerry.multipart;

import java.io.IOException;

/** Bytes that are no multipart, or not a whole one. The message says what was found where. */
public final class MultipartException extends IOException {
  private static final long serialVersionUID = 1L;

  /** What is wrong. */
  public enum Kind {
    /** The input ended before the closing delimiter did. */
    TRUNCATED,
    /** A part's headers are none, or no boundary was named. */
    MALFORMED,
    /** Headers, preamble or epilogue exceed {@link MultipartLimits}. */
    TOO_LARGE
  }

  private final Kind kind;

  MultipartException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
