package org.skerry.database;

import java.util.List;
import java.util.Optional;
import org.skerry.attachment.AttachmentInput;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;

/**
 * Somebody's edit of a document, before it has a name.
 *
 * @param parent the revision that was edited; none creates the document, or brings a deleted one
 *     back
 * @param attachments all attachments of the new revision: those left out are gone from it
 */
public record NewRevision(
    DocId id,
    Optional<RevId> parent,
    boolean deleted,
    Body body,
    List<AttachmentInput> attachments) {}
