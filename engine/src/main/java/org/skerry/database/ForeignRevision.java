package org.skerry.database;

import java.util.List;
import org.skerry.attachment.AttachmentInput;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.revision.RevPath;

/**
 * A revision that was made elsewhere and has its name.
 *
 * @param path the revision and what is known of its ancestors
 * @param attachments all attachments of the revision
 */
public record ForeignRevision(
    DocId id, RevPath path, boolean deleted, Body body, List<AttachmentInput> attachments) {}
