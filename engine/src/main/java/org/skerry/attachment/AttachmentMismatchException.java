package org.skerry.attachment;

/** The bytes that came are not those that were announced. Nothing of them was kept. */
public final class AttachmentMismatchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What did not match. */
  public enum Kind {
    /** The number of bytes. */
    LENGTH,
    /** The digest of the bytes, which CouchDB calls {@code content_md5_mismatch}. */
    DIGEST
  }

  private final Kind kind;

  AttachmentMismatchException(Kind kind, String attachment, String expected, String found) {
    super(
        switch (kind) {
          case LENGTH ->
              "attachment '" + attachment + "': expected " + expected + " bytes, received " + found;
          case DIGEST ->
              "attachment '"
                  + attachment
                  + "': expected "
                  + expected
                  + ", received bytes of "
                  + found;
        });
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
