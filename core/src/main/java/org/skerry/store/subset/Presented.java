package org.skerry.store.subset;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.revision.Leaf;
import org.skerry.revision.RevId;
import org.skerry.revision.RevPath;
import org.skerry.revision.RevTree;
import org.skerry.store.Fields;
import org.skerry.store.Seq;
import org.skerry.store.StoredDocument;
import org.skerry.store.StoredRevision;

/**
 * A document as a site sees it whose device was told {@link Echo}es: with them, or, when it left,
 * with nothing but them.
 *
 * @param whole the document with its tree and, where bodies are wanted, those of all leaves
 * @param seq the position of its last change of which the site may know
 * @param left whether it left the subset
 */
record Presented(StoredDocument whole, Seq seq, List<Echo> echoes, boolean left) {
  /** A document that is in the subset. */
  static Presented inside(StoredDocument whole, List<Echo> echoes) {
    return new Presented(whole, whole.seq(), echoes, false);
  }

  /** A document that left the subset at that position; what happened to it since is not told. */
  static Presented left(StoredDocument whole, long seq, List<Echo> echoes) {
    return new Presented(whole, Seq.of(seq), echoes, true);
  }

  private RevTree known() {
    return whole.tree().orElseThrow();
  }

  private RevPath path(Echo echo) {
    return echo.path(whole.id(), known().path(echo.base()));
  }

  /** The tree that the site's device has, or is to have. */
  RevTree tree() {
    RevTree tree = left ? RevTree.empty() : known();
    for (Echo echo : echoes) {
      if (!left || echo.gone()) {
        tree = tree.merge(path(echo), echo.gone()).tree();
      }
    }
    return tree;
  }

  /** The document as {@code fields} ask for it; nothing when the site has nothing to be told. */
  Optional<StoredDocument> read(Fields fields) {
    RevTree tree = tree();
    if (tree.isEmpty()) {
      return Optional.empty();
    }
    List<Leaf> leaves = tree.leaves();
    List<Leaf> wanted =
        switch (fields.bodies()) {
          case NONE -> List.of();
          case WINNER -> leaves.subList(0, 1);
          case LEAVES -> leaves;
        };
    List<StoredRevision> revisions = new ArrayList<>();
    wanted.forEach(leaf -> revision(leaf.rev()).ifPresent(revisions::add));
    return Optional.of(
        new StoredDocument(
            whole.id(),
            seq,
            leaves,
            fields.tree() ? Optional.of(tree) : Optional.empty(),
            revisions));
  }

  /** The echo of that name. */
  Optional<Echo> echo(RevId rev) {
    DocId id = whole.id();
    return echoes.stream()
        .filter(echo -> !left || echo.gone())
        .filter(echo -> echo.rev(id).equals(rev))
        .findFirst();
  }

  /** The content of a leaf: an echo's is its base's, or nothing where the echo is a tombstone. */
  Optional<StoredRevision> revision(RevId rev) {
    Optional<Echo> echo = echo(rev);
    if (echo.isEmpty()) {
      return left ? Optional.empty() : whole.revision(rev);
    }
    if (echo.get().gone()) {
      return Optional.of(new StoredRevision(rev, true, Body.EMPTY, List.of()));
    }
    return whole
        .revision(echo.get().base())
        .map(base -> new StoredRevision(rev, false, base.body(), base.attachments()));
  }

  /** A revision's branch as the site knows it. */
  Optional<RevPath> path(RevId rev) {
    return tree().path(rev);
  }
}
