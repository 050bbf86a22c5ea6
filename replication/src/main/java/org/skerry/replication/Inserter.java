package org.skerry.replication;

import java.util.List;
import java.util.Optional;
import org.skerry.document.DocId;
import org.skerry.replication.peer.FetchSink;
import org.skerry.replication.peer.FetchedRevision;
import org.skerry.replication.peer.FollowingBytes;
import org.skerry.replication.peer.MissingRevisions;
import org.skerry.replication.peer.Peer;
import org.skerry.replication.peer.PeerException;
import org.skerry.replication.peer.Refusal;
import org.skerry.revision.RevId;

/**
 * Writes what was fetched, and notes what the target does not want. Two threads use it: see {@link
 * Pipeline}.
 */
final class Inserter {
  private final Peer source;
  private final Peer target;
  private final Progress progress;

  Inserter(Peer source, Peer target, Progress progress) {
    this.source = source;
    this.target = target;
    this.progress = progress;
  }

  /** Writes documents without attachments' bytes. */
  void write(List<FetchedRevision> revisions) {
    List<Refusal> refusals = target.write(revisions);
    for (Refusal refusal : refusals) {
      Optional<FetchedRevision> wanting =
          revisions.stream()
              .filter(one -> refusal.wantsAttachments() && names(refusal, one))
              .findFirst();
      if (wanting.isPresent()) {
        fetchWhole(wanting.get());
      } else {
        progress.refused(refusal);
      }
    }
    progress.written(revisions.size() - refusals.size());
  }

  private static boolean names(Refusal refusal, FetchedRevision revision) {
    return refusal.id().equals(revision.id().text())
        && refusal.rev().equals(revision.rev().toString());
  }

  /** Writes a document whose attachments' bytes come with it. */
  void write(FetchedRevision revision, FollowingBytes bytes) {
    Optional<Refusal> refusal = send(revision, bytes);
    if (refusal.isEmpty()) {
      progress.written(1);
    } else if (refusal.get().wantsAttachments()) {
      fetchWhole(revision);
    } else {
      progress.refused(refusal.get());
    }
  }

  /**
   * A line spoils bytes by chance, and the next attempt brings them. A source that keeps them
   * spoilt brings the same each time, and the document would keep all behind it back for ever.
   */
  private Optional<Refusal> send(FetchedRevision revision, FollowingBytes bytes) {
    try {
      return target.write(revision, bytes);
    } catch (PeerException e) {
      boolean spoilt = SpoiltBytes.isCauseOf(e);
      if (!spoilt || progress.spoilt(revision) < Tuning.SPOILT_ATTEMPTS) {
        throw e;
      }
      return Optional.of(SpoiltBytes.refusal(revision, e));
    }
  }

  /**
   * The target lacks bytes that its revisions let us expect there: the document again, with all of
   * them.
   */
  private void fetchWhole(FetchedRevision revision) {
    MissingRevisions whole =
        new MissingRevisions(revision.id(), List.of(revision.rev()), List.of());
    source.fetch(List.of(whole), new Whole());
  }

  private final class Whole implements FetchSink {
    @Override
    public void revision(FetchedRevision revision) {
      finish(target.write(List.of(revision)).stream().findFirst());
    }

    @Override
    public void withAttachments(FetchedRevision revision, FollowingBytes bytes) {
      finish(send(revision, bytes));
    }

    private void finish(Optional<Refusal> refusal) {
      refusal.ifPresentOrElse(progress::refused, () -> progress.written(1));
    }

    @Override
    public void unreadable(DocId id, RevId rev, String reason) {
      progress.refused(new Refusal(id.text(), rev.toString(), "unreadable", reason));
    }
  }
}
