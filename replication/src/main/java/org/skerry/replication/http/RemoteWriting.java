package org.skerry.replication.http;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.skerry.replication.http.Calls.Answer;
import org.skerry.replication.peer.FetchedRevision;
import org.skerry.replication.peer.FollowingBytes;
import org.skerry.replication.peer.PeerException;
import org.skerry.replication.peer.PeerException.Kind;
import org.skerry.replication.peer.Refusal;
import tools.jackson.databind.JsonNode;

/**
 * Writes revisions to a peer. A batch that is refused as a whole (too large, or one of its
 * documents is not understood) is halved until the refusal has a name.
 */
final class RemoteWriting {
  private final Calls calls;

  RemoteWriting(Calls calls) {
    this.calls = calls;
  }

  List<Refusal> write(List<FetchedRevision> revisions) {
    if (revisions.isEmpty()) {
      return List.of();
    }
    Request request = Request.post("/_bulk_docs", new DocsEntity(revisions));
    List<Refusal> refusals = new ArrayList<>();
    boolean done =
        calls.call(
            request,
            answer -> {
              if (isAboutDocuments(answer)) {
                if (revisions.size() == 1) {
                  refusals.add(refusal(revisions.getFirst(), answer));
                  return true;
                }
                return false;
              }
              if (!answer.isGood()) {
                throw calls.unexpected(request, answer);
              }
              readRefusals(rows(answer), revisions, refusals);
              return true;
            });
    if (!done) {
      int half = revisions.size() / 2;
      refusals.addAll(write(revisions.subList(0, half)));
      refusals.addAll(write(revisions.subList(half, revisions.size())));
    }
    return refusals;
  }

  /**
   * Bad request, expectation or precondition (a missing stub), too large, not to be processed. And
   * a conflict, though under their own names revisions have none: a peer that finds one finds it
   * each time.
   */
  private static boolean isAboutDocuments(Answer answer) {
    return switch (answer.status()) {
      case 400, 409, 412, 413, 417, 422 -> true;
      default -> false;
    };
  }

  private static Refusal refusal(FetchedRevision revision, Answer answer) {
    String said = Calls.said(answer);
    int colon = said.indexOf(": ");
    String word = colon < 0 ? "bad_request" : said.substring(0, colon);
    String error =
        switch (answer.status()) {
          case 401 -> Refusal.UNAUTHORIZED;
          // A database says that a document is forbidden; a gateway says what it likes.
          case 403 -> word.equals("forbidden") ? word : Refusal.UNAUTHORIZED;
          case 413 -> "too_large";
          default -> word;
        };
    return new Refusal(revision.id().text(), revision.rev().toString(), error, said);
  }

  /** A list of objects; what is anything else says of no document that it is written. */
  private static JsonNode rows(Answer answer) throws IOException {
    JsonNode rows = answer.json();
    if (!rows.isArray() || !rows.valueStream().allMatch(JsonNode::isObject)) {
      throw new OddAnswerException("the answer to _bulk_docs is no list of results");
    }
    return rows;
  }

  private static void readRefusals(
      JsonNode rows, List<FetchedRevision> revisions, List<Refusal> refusals) {
    for (JsonNode row : rows) {
      if (row.path("error").isString()) {
        String id = row.path("id").asString("");
        String rev =
            row.path("rev").isString()
                ? row.path("rev").asString()
                : revisions.stream()
                    .filter(one -> one.id().text().equals(id))
                    .map(one -> one.rev().toString())
                    .findFirst()
                    .orElse("");
        refusals.add(
            new Refusal(id, rev, row.path("error").asString(), row.path("reason").asString("")));
      }
    }
    boolean failing = refusals.stream().map(Refusal::error).allMatch(Refusal::isFailure);
    if (refusals.size() == revisions.size() && refusals.size() > 1 && failing) {
      // Not the documents are at fault when none of them goes through.
      throw new PeerException(
          Kind.FAILING,
          "every document was answered "
              + refusals.getFirst().error()
              + ": "
              + refusals.getFirst().reason());
    }
  }

  /** A document's refusal, and whether it may be that of whoever sends it. */
  private record Said(Refusal refusal, boolean denied) {}

  Optional<Refusal> write(FetchedRevision revision, FollowingBytes bytes) {
    Request request =
        Request.put(
            Paths.of(revision.id()) + "?new_edits=false", RelatedEntity.of(revision, bytes));
    Optional<Said> said =
        calls.call(
            request,
            answer -> {
              if (isAboutDocuments(answer) || isDenied(answer)) {
                return Optional.of(new Said(refusal(revision, answer), isDenied(answer)));
              }
              if (!answer.isGood()) {
                throw calls.unexpected(request, answer);
              }
              return Optional.empty();
            });
    if (said.filter(Said::denied).isPresent()) {
      checkLetIn();
    }
    return said.map(Said::refusal);
  }

  private static boolean isDenied(Answer answer) {
    return answer.status() == 401 || answer.status() == 403;
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
