package org.skerry.attachment;

import java.util.Optional;
import org.skerry.document.AttachmentRef;

/** One attachment of a revision on its way in, when its bytes are in the store or were there before. */
public sealed interface AttachmentInput {
  /** Unique in the document. */
  String name();

  /**
   * An attachment that an earlier revision brought, and that stays.
   *
   * @param revpos the generation that brought it, when the sender said so
   * @param digest what the sender believes it to be; another digest here is a missing stub
   */
  record Stub(String name, Optional<Integer> revpos, Optional<String> digest)
      implements AttachmentInput {}

  /**
   * An attachment whose bytes are in the attachment store. Whoever put them there keeps its pin open until the
   * revision is committed.
   *
   * @param ref its {@code revpos} is 0 when the revision to be written is the one that brings it
   */
  record Stored(AttachmentRef ref) implements AttachmentInput {
    @Override
    public String name() {
      return ref.name();
    }
  }
}
