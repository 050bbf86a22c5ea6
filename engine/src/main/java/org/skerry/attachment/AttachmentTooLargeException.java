package org.skerry.attachment;

/** An attachment of more bytes than the configuration allows. Nothing of it was kept. */
public final class AttachmentTooLargeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  AttachmentTooLargeException(String attachment, long limit) {
    super("attachment '" + attachment + "' is larger than the limit of " + limit + " bytes");
  }
}
