package org.skerry.replication.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.skerry.document.BadDocumentException;
import org.skerry.replication.peer.FetchedRevision;
import org.skerry.replication.peer.MissingRevisions;
import org.skerry.revision.RevId;
import org.skerry.revision.RevPath;

/**
 * What was asked for of one document, and which of it has not been answered yet. A peer that passes
 * over a revision in its answer has not said that there is none: a checkpoint behind it would lose
 * it.
 */
final class Awaited {
  private final MissingRevisions asked;
  private final List<RevId> open;
  private int given;

  Awaited(MissingRevisions asked) {
    this.asked = asked;
    this.open = new ArrayList<>(asked.revs());
  }

  MissingRevisions asked() {
    return asked;
  }

  /** How many came. */
  int given() {
    return given;
  }

  /** It came, or in its place a newer one of its branch ({@code latest}). */
  void came(FetchedRevision.AsJson revision) {
    given++;
    open.remove(revision.rev());
    if (!open.isEmpty()) {
      ancestors(revision).ifPresent(path -> open.removeAll(path.revisions()));
    }
  }

  /** What is not understood does not say what it followed; whoever is to store it refuses it. */
  private static Optional<RevPath> ancestors(FetchedRevision.AsJson revision) {
    try {
      return revision.parse().revisions();
    } catch (BadDocumentException e) {
      return Optional.empty();
    }
  }

  /**
   * The peer said why it does not come.
   *
   * @param rev in the peer's words
   * @return the revision that is meant; one of those asked for where that is not to be seen
   */
  RevId refused(String rev) {
    RevId meant =
        asked.revs().stream()
            .filter(one -> one.toString().equals(rev))
            .findFirst()
            .orElse(asked.revs().getFirst());
    open.remove(meant);
    return meant;
  }

  /** What the peer has said nothing of. */
  Optional<MissingRevisions> rest() {
    return open.isEmpty()
        ? Optional.empty()
        : Optional.of(new MissingRevisions(asked.id(), open, asked.possibleAncestors()));
  }
}
