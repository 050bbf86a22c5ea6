package org.skerry.store;

import org.skerry.document.DocId;
import org.skerry.revision.RevId;

/** One revision of one document. */
public record RevisionRef(DocId id, RevId rev) {}
