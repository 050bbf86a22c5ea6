package org.skerry.attachment;

/**
 * Input that is no attachment: a name that is not allowed, base64 or gzip that cannot be decoded, a
 * member of the wrong type. The message is made for whoever sent it.
 */
public final class BadAttachmentException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public BadAttachmentException(String message) {
    super(message);
  }

  public BadAttachmentException(String message, Throwable cause) {
    super(message, cause);
  }
}
