package org.skerry.document;

import java.util.Optional;
import org.skerry.document.BadDocumentException.Kind;
import org.skerry.revision.InvalidRevIdException;
import org.skerry.revision.RevId;
import org.skerry.revision.RevPath;

/**
 * A document as a client sent it, taken apart.
 *
 * @param id the {@code _id} member; not yet checked, since some callers take the id from elsewhere
 * @param revText the {@code _rev} member; not yet read, since local documents have revisions of
 *     their own kind
 * @param deleted the {@code _deleted} member; absent is false
 * @param revisions the {@code _revisions} member
 * @param attachments the JSON of the {@code _attachments} object
 * @param body everything else
 */
public record IncomingDocument(
    Optional<String> id,
    Optional<String> revText,
    boolean deleted,
    Optional<RevPath> revisions,
    Optional<byte[]> attachments,
    Body body) {

  /**
   * The revision that the document names.
   *
   * @throws BadDocumentException of kind BAD_REV when it is none
   */
  public Optional<RevId> rev() {
    try {
      return revText.map(RevId::parse);
    } catch (InvalidRevIdException e) {
      throw new BadDocumentException(Kind.BAD_REV, String.valueOf(e.getMessage()), e);
    }
  }
}
