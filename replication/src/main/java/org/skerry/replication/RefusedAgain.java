package org.skerry.replication;

import java.util.List;
import java.util.Optional;
import org.skerry.document.BadDocumentException;
import org.skerry.document.DocId;
import org.skerry.replication.peer.FetchSink;
import org.skerry.replication.peer.FetchedRevision;
import org.skerry.replication.peer.FollowingBytes;
import org.skerry.replication.peer.MissingRevisions;
import org.skerry.replication.peer.Peer;
import org.skerry.replication.peer.PeerException;
import org.skerry.replication.peer.Refusal;
import org.skerry.revision.InvalidRevIdException;
import org.skerry.revision.RevId;

/** Sends one refused document again, because somebody has done something about it. Used once. */
final class RefusedAgain implements FetchSink {
  private final Peer target;
  private final Progress progress;
  private final Refusal refusal;
  private boolean accepted;

  private RefusedAgain(Peer target, Progress progress, Refusal refusal) {
    this.target = target;
    this.progress = progress;
    this.refusal = refusal;
  }

  /**
   * Sends it.
   *
   * @return whether the target has taken it
   * @throws PeerException of kind FAILING where an end fails over it; it stays what it was
   */
  static boolean send(Peer source, Peer target, Progress progress, Refusal refusal) {
    RefusedAgain again = new RefusedAgain(target, progress, refusal);
    try {
      DocId id = DocId.of(refusal.id());
      RevId rev = RevId.parse(refusal.rev());
      source.fetch(List.of(new MissingRevisions(id, List.of(rev), List.of())), again);
    } catch (BadDocumentException | InvalidRevIdException e) {
      // What has no proper name cannot be asked for.
      return false;
    }
    return again.accepted;
  }

  @Override
  public void revision(FetchedRevision revision) {
    finish(target.write(List.of(revision)).stream().findFirst());
  }

  @Override
  public void withAttachments(FetchedRevision revision, FollowingBytes bytes) {
    finish(target.write(revision, bytes));
  }

  /** Where the target fails, what it said before stays: it may say so again. */
  private void finish(Optional<Refusal> answer) {
    if (answer.isPresent() && answer.get().isFailing() && !refusal.isFailing()) {
      throw new PeerException(PeerException.Kind.FAILING, answer.get().reason());
    }
    if (answer.isPresent()) {
      progress.refused(answer.get());
    } else {
      progress.accepted(refusal);
      progress.written(1);
      accepted = true;
    }
  }

  /** It stays what it was, and others can be asked for. */
  @Override
  public void failing(DocId id, List<RevId> revs, PeerException why) {
    return;
  }

  @Override
  public void unreadable(DocId id, RevId rev, String reason) {
    progress.refused(new Refusal(id.text(), rev.toString(), "unreadable", reason));
  }
}
