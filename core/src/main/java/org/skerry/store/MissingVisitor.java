package org.skerry.store;

import java.util.List;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;

/** Takes what {@link DocumentStore#missing} found, for documents that miss something. */
@FunctionalInterface
public interface MissingVisitor {
  /**
   * One document.
   *
   * @param missing the revisions asked for that are not here, in their order; not empty
   * @param possibleAncestors leaves here that are older than one of them
   */
  void visit(DocId id, List<RevId> missing, List<RevId> possibleAncestors);
}
