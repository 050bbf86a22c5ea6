package org.skerry.store.subset;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.skerry.document.DocId;
import org.skerry.revision.Leaf;
import org.skerry.revision.RevId;
import org.skerry.revision.RevPath;

/** A document as a turn sees it: with one revision, or not there yet. For tests. */
record Arriving(DocId id, long seq, List<Leaf> leaves) implements SubsetDraft.Document {
  /** Documents begin with it. */
  static final RevId REV = RevId.of(1, "0123456789abcdef0123456789abcdef");

  static Arriving none(DocId id) {
    return new Arriving(id, 0, List.of());
  }

  static Arriving at(long seq, DocId id, RevId rev) {
    return new Arriving(id, seq, List.of(new Leaf(rev, false)));
  }

  /** What was written: a revision with these labels. */
  static Map<RevId, SubsetChanges.Written> written(RevId rev, Label... labels) {
    Placement placement = Placement.of(Set.of(labels), false, 7);
    return Map.of(rev, new SubsetChanges.Written(placement, Optional.empty()));
  }

  @Override
  public boolean knows(RevId rev) {
    return REV.equals(rev);
  }

  @Override
  public Optional<RevPath> path(RevId rev) {
    return Optional.of(RevPath.of(rev));
  }
}
