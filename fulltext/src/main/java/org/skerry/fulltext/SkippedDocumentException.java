package org.skerry.fulltext;

/** Why a document cannot be indexed: a fault of the function or of the document. */
public final class SkippedDocumentException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean excess;

  public SkippedDocumentException(String reason) {
    this(reason, false);
  }

  /**
   * With what it cost.
   *
   * @param excess whether the function used up the time or memory that it may
   */
  public SkippedDocumentException(String reason, boolean excess) {
    super(reason, null, false, false);
    this.excess = excess;
  }

  boolean isExcess() {
    return excess;
  }
}
