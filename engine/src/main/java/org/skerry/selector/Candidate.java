package org.skerry.selector;

import java.util.List;
import org.skerry.document.AttachmentRef;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;

/** A revision of a document that a selector is asked about. */
public record Candidate(
    DocId id, RevId rev, boolean deleted, List<AttachmentRef> attachments, Body body) {}
