package org.skerry.replication.peer;

import java.util.List;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;

/**
 * What a target misses of one document.
 *
 * @param revs not there
 * @param possibleAncestors leaves there that are older than one of them; their attachments need not
 *     be sent again
 */
public record MissingRevisions(DocId id, List<RevId> revs, List<RevId> possibleAncestors) {
  public MissingRevisions {
    revs = List.copyOf(revs);
    possibleAncestors = List.copyOf(possibleAncestors);
  }

  /** The same for a target that is taken to have nothing. */
  public MissingRevisions withoutAncestors() {
    return new MissingRevisions(id, revs, List.of());
  }
}
