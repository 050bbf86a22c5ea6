package org.skerry.store;

import java.util.List;
import org.skerry.document.AttachmentRef;
import org.skerry.document.Body;
import org.skerry.revision.RevId;

/** A revision with its content, as an engine keeps it. */
public record StoredRevision(
    RevId rev, boolean deleted, Body body, List<AttachmentRef> attachments) {}
