package org.skerry.store.rocksdb;

import java.util.List;
import java.util.Optional;
import org.skerry.document.DocId;
import org.skerry.revision.Leaf;
import org.skerry.revision.RevId;
import org.skerry.revision.RevPath;
import org.skerry.revision.RevTree;
import org.skerry.store.subset.SubsetDraft;

/**
 * A document as subsets see it.
 *
 * @param recent the recent part of its tree, in which an echo that was followed stands
 */
record SubsetState(DocId id, long seq, List<Leaf> leaves, RevTree recent)
    implements SubsetDraft.Document {
  @Override
  public boolean knows(RevId rev) {
    return recent.contains(rev);
  }

  @Override
  public Optional<RevPath> path(RevId rev) {
    return recent.path(rev);
  }
}
