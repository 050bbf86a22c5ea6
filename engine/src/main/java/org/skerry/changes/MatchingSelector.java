package org.skerry.changes;

import java.util.ArrayList;
import java.util.List;
import org.skerry.document.DocId;
import org.skerry.revision.Leaf;
import org.skerry.selector.Candidate;
import org.skerry.selector.Selector;
import org.skerry.store.StoredDocument;
import org.skerry.store.StoredRevision;

/**
 * Changes whose revisions a Mango selector matches ({@code _selector}). As in CouchDB every
 * revision that the style shows is asked on its own, tombstones too; a row shows those that
 * matched.
 */
public record MatchingSelector(Selector selector) implements ChangeFilter.ByContent {
  @Override
  public List<Leaf> passing(StoredDocument document, List<Leaf> shown) {
    if (shown.size() == 1) {
      return matches(document, shown.getFirst()) ? shown : List.of();
    }
    List<Leaf> passing = new ArrayList<>(shown.size());
    for (Leaf leaf : shown) {
      if (matches(document, leaf)) {
        passing.add(leaf);
      }
    }
    return passing;
  }

  private boolean matches(StoredDocument document, Leaf leaf) {
    DocId id = document.id();
    return document
        .revision(leaf.rev())
        .filter(revision -> selector.matches(candidate(id, revision)))
        .isPresent();
  }

  private static Candidate candidate(DocId id, StoredRevision revision) {
    return new Candidate(
        id, revision.rev(), revision.deleted(), revision.attachments(), revision.body());
  }
}
