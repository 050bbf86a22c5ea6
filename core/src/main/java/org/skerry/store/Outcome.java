package org.skerry.store;

import java.util.List;
import org.skerry.revision.Leaf;

/** What became of one {@link RevisionWrite}. */
public sealed interface Outcome {
  /** It is durable and visible in the feed at that position. */
  record Written(Seq seq) implements Outcome {}

  /** A merge that brought nothing new: the revision was here, and stays as it was. */
  record Present() implements Outcome {}

  /**
   * An edit whose parent is no leaf, or a settlement of other leaves. Nothing was written. The
   * leaves are those that it met, winner first.
   */
  record Stale(List<Leaf> leaves) implements Outcome {}
}
