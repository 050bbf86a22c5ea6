package org.skerry.store;

import java.util.List;
import java.util.Optional;
import org.skerry.document.DocId;
import org.skerry.revision.Leaf;
import org.skerry.revision.RevId;
import org.skerry.revision.RevTree;

/**
 * A document as it was at one moment.
 *
 * @param seq the position of its last change
 * @param leaves winner first; never empty
 * @param tree present when asked for
 * @param revisions content of the leaves asked for, in the order of the leaves
 */
public record StoredDocument(
    DocId id, Seq seq, List<Leaf> leaves, Optional<RevTree> tree, List<StoredRevision> revisions) {

  /** The leaf that is served when nobody asks for another. */
  public Leaf winner() {
    return leaves.getFirst();
  }

  /** Whether the winner is a tombstone: then every leaf is. */
  public boolean deleted() {
    return winner().deleted();
  }

  /** The content of a leaf, if it was asked for. */
  public Optional<StoredRevision> revision(RevId rev) {
    // Asked for each document that is read, of one leaf mostly: no stream for it.
    for (StoredRevision revision : revisions) {
      if (revision.rev().equals(rev)) {
        return Optional.of(revision);
      }
    }
    return Optional.empty();
  }
}
