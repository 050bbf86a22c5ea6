package org.skerry.attachment;

import java.util.function.Predicate;
import org.skerry.document.AttachmentRef;
import org.skerry.store.AttachmentStore;

/** How the attachments of a document are shown to a reader. */
public sealed interface AttachmentForm {
  /** Names and sizes, no bytes. */
  record Stubs() implements AttachmentForm {}

  /**
   * Bytes as base64 in the document.
   *
   * @param store where they are
   * @param which those that the reader lacks; the others are stubs
   */
  record Inline(AttachmentStore store, Predicate<AttachmentRef> which) implements AttachmentForm {}

  /**
   * Bytes as parts behind the document, as stored.
   *
   * @param which those that the reader lacks, in whose order the parts must come; the others are
   *     stubs
   */
  record Follows(Predicate<AttachmentRef> which) implements AttachmentForm {}

  /** Names and sizes, no bytes. */
  AttachmentForm STUBS = new Stubs();
}
