package org.skerry.attachment;

import org.skerry.store.AttachmentStore;

/**
 * An attachment whose bytes are in the store, kept there until this is closed. Close it when the
 * revision that names it is committed, or was refused.
 */
public final class IncomingAttachment implements AutoCloseable {
  private final AttachmentInput.Stored input;
  private final AttachmentStore.Pin pin;

  IncomingAttachment(AttachmentInput.Stored input, AttachmentStore.Pin pin) {
    this.input = input;
    this.pin = pin;
  }

  /** What the new revision says of it. */
  public AttachmentInput.Stored input() {
    return input;
  }

  @Override
  public void close() {
    pin.close();
  }
}
