package org.skerry.document;

import java.util.Optional;
import org.skerry.revision.RevId;
import org.skerry.revision.RevPath;

/**
 * A document as a client sent it, taken apart.
 *
 * @param id the {@code _id} member; not yet checked, since some callers take the id from elsewhere
 * @param rev the {@code _rev} member
 * @param deleted the {@code _deleted} member; absent is false
 * @param revisions the {@code _revisions} member
 * @param attachments the JSON of the {@code _attachments} object
 * @param body everything else
 */
public record IncomingDocument(
    Optional<String> id,
    Optional<RevId> rev,
    boolean deleted,
    Optional<RevPath> revisions,
    Optional<byte[]> attachments,
    Body body) {}
