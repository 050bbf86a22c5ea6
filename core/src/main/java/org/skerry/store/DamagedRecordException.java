package org.skerry.store;

/**
 * Something that is stored cannot be read, and will not be readable later: bytes on the disk were
 * changed or lost. It says nothing of what is stored beside it, so that whoever reads many
 * documents reports this one and goes on with the others.
 */
public final class DamagedRecordException extends StoreException {
  private static final long serialVersionUID = 1L;

  public DamagedRecordException(String message) {
    super(message);
  }

  public DamagedRecordException(String message, Throwable cause) {
    super(message, cause);
  }
}
