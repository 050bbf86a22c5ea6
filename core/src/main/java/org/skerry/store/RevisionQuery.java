package org.skerry.store;

import java.util.List;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;

/** A question: which of these revisions are not here? */
public record RevisionQuery(DocId id, List<RevId> revs) {}
