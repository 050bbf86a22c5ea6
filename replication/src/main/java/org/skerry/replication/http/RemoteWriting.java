package org.skerry.replication.http;

import java.util.List;
import java.util.Optional;
import org.skerry.replication.peer.FetchedRevision;
import org.skerry.replication.peer.FollowingBytes;
import org.skerry.replication.peer.PeerException;
import org.skerry.replication.peer.PeerException.Kind;
import org.skerry.replication.peer.Refusal;

/** Writes one revision to a peer, with attachments whose bytes are read elsewhere meanwhile. */
final class RemoteWriting {
  private final Calls calls;

  RemoteWriting(Calls calls) {
    this.calls = calls;
  }

  /** What was said of a document, and whether it may be that of whoever sends it. */
  private record Said(Refusal refusal, boolean denied) {}

  Optional<Refusal> write(FetchedRevision revision, FollowingBytes bytes) {
    BrokenOff source = new BrokenOff();
    FollowingBytes watched = name -> source.watched(source.reading(() -> bytes.next(name)));
    Request request =
        Request.put(
            Paths.of(revision.id()) + "?new_edits=false", RelatedEntity.of(revision, watched));
    Optional<Said> said;
    try {
      said = put(request, revision);
    } catch (PeerException e) {
      // A line may never stand for as long as an attachment takes, and others can be sent.
      if (source.seen() || !StandingLine.isSeen(calls, e)) {
        throw e;
      }
      return Optional.of(Refusals.failing(revision, e));
    }
    if (said.filter(Said::denied).isPresent()) {
      checkLetIn();
    }
    return said.map(Said::refusal);
  }

  private Optional<Said> put(Request request, FetchedRevision revision) {
    return calls.call(
        request,
        answer -> {
          int status = answer.status();
          if (Refusals.isAboutDocuments(status) || Refusals.isDenied(status)) {
            Refusal refusal = Refusals.of(revision, answer);
            return Optional.of(new Said(refusal, Refusals.isDenied(status)));
          }
          if (answer.isGood()) {
            return Optional.empty();
          }
          PeerException why = calls.unexpected(request, answer);
          if (Refusals.mayBeOfTheDocument(status)) {
            return Optional.of(new Said(Refusals.failing(revision, why), false));
          }
          throw why;
        });
  }

  /**
   * Ends the session where the peer lets us write nothing at all.
   *
   * <p>401 and 403 are said of one document, by {@code validate_doc_update}, and of whoever sends
   * it: a password was changed, or a right taken, while the replication ran. CouchDB's replicator
   * takes both for the document's (couch_replicator_api_wrap, update_doc), and so passes over every
   * document with attachments from then on, and its checkpoint with it. Here nothing is passed over
   * that would go through with the right password: a batch without a document may be written by
   * whoever may write one, so its answer says whose fault it is. A peer that does not know such
   * batches leaves it the document's, which is kept among the refused and can be sent again.
   */
  private void checkLetIn() {
    Request nothing = Request.post("/_bulk_docs", new DocsEntity(List.of()));
    calls.call(
        nothing,
        answer -> {
          if (!answer.isGood()) {
            PeerException why = calls.unexpected(nothing, answer);
            if (why.kind() == Kind.DENIED || why.kind() == Kind.FAILING) {
              throw why;
            }
          }
          return true;
        });
  }
}
