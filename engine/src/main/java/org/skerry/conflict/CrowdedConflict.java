package org.skerry.conflict;

import java.util.List;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;
import org.skerry.store.StoredRevision;

/**
 * A conflict of so many versions that they are shown page by page and not compared.
 *
 * @param live all live leaves, winner first
 * @param winner what the document says now
 * @param from the place of the page's first leaf among them
 * @param page some of them, in that order
 */
public record CrowdedConflict(
    DocId id,
    String kind,
    List<RevId> live,
    StoredRevision winner,
    int from,
    List<StoredRevision> page) {
  public CrowdedConflict {
    live = List.copyOf(live);
    page = List.copyOf(page);
  }
}
