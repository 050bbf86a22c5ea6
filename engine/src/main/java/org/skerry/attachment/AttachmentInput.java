package org.skerry.attachment;

import java.util.Optional;
import org.skerry.document.AttachmentRef;

/**
 * One attachment of a revision on its way in, when its bytes are in the store or were there before.
 */
public sealed interface AttachmentInput {
  /** Unique in the document. */
  String name();

  /**
   * An attachment that an earlier revision brought, and that stays. It is recognised by its name
   * and, as far as they are given, by its digest or its revpos: one of the two is enough, because a
   * sender that keeps the same attachment in another encoding has another digest.
   *
   * @param revpos the generation that brought it, when the sender said so
   * @param digest of the bytes as the sender keeps them
   */
  record Stub(String name, Optional<Integer> revpos, Optional<String> digest)
      implements AttachmentInput {}

  /**
   * An attachment whose bytes are in the attachment store. Whoever put them there keeps its pin
   * open until the revision is committed.
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
