package org.skerry.database;

import java.util.List;
import java.util.Set;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;
import org.skerry.store.RevisionWrite;

/**
 * Revisions of one document that belong together: they settle a conflict, or open it again. They
 * have their names, because some of them name others in their bodies.
 *
 * @param live the live leaves that were seen
 * @param revisions in the order in which they are to be written; not empty
 */
public record Settlement(DocId id, Set<RevId> live, List<RevisionWrite.Edit> revisions) {
  public Settlement {
    live = Set.copyOf(live);
    revisions = List.copyOf(revisions);
    if (revisions.isEmpty()) {
      throw new IllegalArgumentException("nothing to write for " + id);
    }
  }
}
