package org.skerry.wire;

import java.io.IOException;
import java.io.InputStream;
import org.skerry.attachment.BadAttachmentException;

/** The parts of a multipart body that hold attachments, in the order of the document's members. */
@FunctionalInterface
public interface FollowingParts {
  /**
   * Of a document that came alone: an attachment that says "follows" is a mistake of the sender.
   */
  FollowingParts NONE =
      name -> {
        throw new BadAttachmentException(
            "Attachment '" + name + "' says that it follows, but no multipart body follows it");
      };

  /**
   * The next part's bytes.
   *
   * @param name the attachment that they are for
   * @throws IOException when the body ends early
   */
  InputStream next(String name) throws IOException;

  /**
   * Called when every attachment that follows was read, before anything is written.
   *
   * @throws IOException when the body is not at its end, or was cut off there
   */
  default void end() throws IOException {}
}
