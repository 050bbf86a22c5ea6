package org.skerry.replication;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
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
  private final Settling settling;

  Inserter(Peer source, Peer target, Progress progress, Settling settling) {
    this.source = source;
    this.target = target;
    this.progress = progress;
    this.settling = settling;
  }

  /**
   * Writes documents without attachments' bytes.
   *
   * @throws PeerException when the target fails over some of them, and others have to wait for them
   */
  void write(List<FetchedRevision> revisions) {
    List<Refusal> refusals = target.write(revisions);
    progress.written(revisions.size() - refusals.size());
    Map<FetchedRevision, List<Refusal>> byRevision = new IdentityHashMap<>();
    for (Refusal refusal : refusals) {
      revisions.stream()
          .filter(one -> names(refusal, one))
          .findFirst()
          .ifPresentOrElse(
              one -> byRevision.put(one, refused(one, List.of(refusal))),
              () -> progress.refused(refusal));
    }
    Tried tried = new Tried();
    revisions.forEach(one -> tried.add(one.id(), byRevision.getOrDefault(one, List.of())));
    settle(tried);
  }

  /**
   * Goes on where the target failed over nothing that was tried, or over what is set apart.
   *
   * @throws PeerException where that is not so
   */
  void settle(Tried tried) {
    settling.settle(
        progress.failing().target(),
        tried,
        () -> new PeerException(PeerException.Kind.FAILING, tried.failing().getFirst().reason()));
  }

  private static boolean names(Refusal refusal, FetchedRevision revision) {
    return refusal.id().equals(revision.id().text())
        && refusal.rev().equals(revision.rev().toString());
  }

  /**
   * Writes a document whose attachments' bytes come with it. A target that does not know the sender
   * of one document, and lets all others in, is asked once more before the document counts as
   * refused: a gateway may have been at fault, or a node that had not heard of the password yet.
   * The name and the password go with each request, so there is no session to be renewed.
   *
   * @return why it did not go through, to be settled; nothing where it did
   */
  List<Refusal> write(FetchedRevision revision, FollowingBytes bytes) {
    Optional<Refusal> refusal = target.write(revision, bytes);
    if (refusal.isEmpty()) {
      progress.written(1);
      return List.of();
    }
    boolean unknown = refusal.get().error().equals(Refusal.UNAUTHORIZED);
    return refused(revision, unknown ? writeAgain(revision) : List.of(refusal.get()));
  }

  /**
   * Reads the document again, with all of its attachments, where that may help. What its source
   * keeps spoilt comes so each time and is given up. The session goes on meanwhile: if each of many
   * such documents broke it off, it would never come behind them.
   *
   * @return why they did not go through; where an end failed that is no refusal yet
   */
  private List<Refusal> refused(FetchedRevision revision, List<Refusal> refusals) {
    List<Refusal> open = refusals;
    for (int attempt = 2; attempt <= Tuning.DOCUMENT_ATTEMPTS && mayHeal(open); attempt++) {
      open = writeAgain(revision);
    }
    open.stream().filter(one -> !one.isFailing()).forEach(progress::refused);
    return open;
  }

  /** Returns what the target still does not want of it. */
  private List<Refusal> writeAgain(FetchedRevision revision) {
    Whole again = new Whole();
    source.fetch(
        List.of(new MissingRevisions(revision.id(), List.of(revision.rev()), List.of())), again);
    return again.refusals;
  }

  private static boolean mayHeal(List<Refusal> refusals) {
    return refusals.stream().anyMatch(Refusal::mayHealWhenReadAgain);
  }

  /** Writes a document that is read again. */
  private final class Whole implements FetchSink {
    private final List<Refusal> refusals = new ArrayList<>();

    @Override
    public void revision(FetchedRevision revision) {
      finish(target.write(List.of(revision)).stream().findFirst());
    }

    @Override
    public void withAttachments(FetchedRevision revision, FollowingBytes bytes) {
      finish(target.write(revision, bytes));
    }

    private void finish(Optional<Refusal> refusal) {
      refusal.ifPresentOrElse(refusals::add, () -> progress.written(1));
    }

    @Override
    public void unreadable(DocId id, RevId rev, String reason) {
      refusals.add(new Refusal(id.text(), rev.toString(), "unreadable", reason));
    }

    @Override
    public void failing(DocId id, List<RevId> revs, PeerException why) {
      String reason = String.valueOf(why.getMessage());
      revs.forEach(
          rev ->
              refusals.add(new Refusal(id.text(), rev.toString(), Refusal.SOURCE_FAILS, reason)));
    }
  }
}
