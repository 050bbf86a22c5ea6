package org.skerry.fulltext;

/** Why a document cannot be indexed: a fault of the function or of the document. */
public final class SkippedDocumentException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public SkippedDocumentException(String reason) {
    super(reason, null, false, false);
  }
}
