package org.skerry.replication;

import org.skerry.attachment.AttachmentMismatchException;
import org.skerry.attachment.BadAttachmentException;
import org.skerry.replication.peer.FetchedRevision;
import org.skerry.replication.peer.PeerException;
import org.skerry.replication.peer.Refusal;

/** Attachments whose bytes are not those that their document announces. */
final class SpoiltBytes {
  private SpoiltBytes() {}

  /** Whether that is why a document was not written. */
  static boolean isCauseOf(PeerException e) {
    return e.getCause() instanceof AttachmentMismatchException
        || e.getCause() instanceof BadAttachmentException;
  }

  /** The word of it, with CouchDB's name for it. */
  static Refusal refusal(FetchedRevision revision, PeerException e) {
    return new Refusal(
        revision.id().text(),
        revision.rev().toString(),
        "content_md5_mismatch",
        String.valueOf(e.getMessage()));
  }
}
