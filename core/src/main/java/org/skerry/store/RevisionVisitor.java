package org.skerry.store;

import java.util.Optional;
import org.skerry.revision.RevPath;

/** Takes what {@link DocumentStore#read} found, in the order asked for. */
@FunctionalInterface
public interface RevisionVisitor {
  /**
   * One revision.
   *
   * @param found nothing when the revision is unknown here, or its body was removed by compaction
   */
  void visit(RevisionRef ref, Optional<Found> found);

  /**
   * A revision's content with its branch.
   *
   * @param path the revision and its known ancestors, as long as the tree knows them
   */
  record Found(StoredRevision revision, RevPath path) {}
}
