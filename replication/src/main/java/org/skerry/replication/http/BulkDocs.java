package org.skerry.replication.http;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.skerry.document.DocId;
import org.skerry.replication.http.Calls.Answer;
import org.skerry.replication.peer.FetchedRevision;
import org.skerry.replication.peer.PeerException;
import org.skerry.replication.peer.PeerException.Kind;
import org.skerry.replication.peer.Refusal;
import tools.jackson.databind.JsonNode;

/**
 * Writes revisions to a peer, many at a time. A batch that is refused as a whole (too large, or one
 * of its documents is not understood) is halved until the refusal has a name. So is one over which
 * the peer fails, or the line breaks and stands again at once, the second time in a row ({@link
 * FailedTogether}): the first time it may be a matter of the moment, and is said.
 */
final class BulkDocs {
  /** A peer that fails over more of a batch, each alone, fails altogether. */
  private static final int MOST_FAILING = 10;

  private final Calls calls;

  private final FailedTogether before = new FailedTogether();

  BulkDocs(Calls calls) {
    this.calls = calls;
  }

  /** What became of a batch. */
  private sealed interface Outcome {
    /** It was taken, but for some. */
    record Taken(List<Refusal> but) implements Outcome {}

    /** Nothing was taken because of one of them; the first, if it is that. */
    record Refused(Refusal first) implements Outcome {}

    /** The peer failed, perhaps because of one of them. */
    record Failed(PeerException why) implements Outcome {}
  }

  List<Refusal> write(List<FetchedRevision> revisions) {
    if (revisions.isEmpty()) {
      return List.of();
    }
    Outcome outcome = send(revisions);
    List<DocId> documents = revisions.stream().map(FetchedRevision::id).toList();
    if (!(outcome instanceof Outcome.Failed(PeerException why))) {
      before.wentThrough(documents);
    } else if (revisions.size() > 1 && (!before.knows(documents) || !StandingLine.isGood(calls))) {
      before.failed(documents);
      throw why;
    }
    List<Refusal> refusals = new ArrayList<>();
    conclude(revisions, outcome, refusals);
    return refusals;
  }

  private void conclude(List<FetchedRevision> revisions, Outcome outcome, List<Refusal> refusals) {
    boolean alone = revisions.size() == 1;
    switch (outcome) {
      case Outcome.Taken(List<Refusal> but) -> refusals.addAll(but);
      case Outcome.Refused(Refusal first) when alone -> refusals.add(first);
      case Outcome.Failed(PeerException why) when alone -> {
        refusals.add(Refusals.failing(revisions.getFirst(), why));
        if (refusals.stream().filter(Refusal::isFailing).count() > MOST_FAILING) {
          throw why;
        }
      }
      default -> {
        int half = revisions.size() / 2;
        List<FetchedRevision> first = revisions.subList(0, half);
        conclude(first, send(first), refusals);
        List<FetchedRevision> second = revisions.subList(half, revisions.size());
        conclude(second, send(second), refusals);
      }
    }
  }

  private Outcome send(List<FetchedRevision> revisions) {
    Request request = Request.post("/_bulk_docs", new DocsEntity(revisions));
    try {
      return calls.call(request, answer -> outcome(request, answer, revisions));
    } catch (PeerException e) {
      if (StandingLine.isSeen(calls, e)) {
        // Not unreachable: whoever watches for the line would find it standing at once.
        return new Outcome.Failed(
            new PeerException(Kind.FAILING, String.valueOf(e.getMessage()), e));
      }
      throw e;
    }
  }

  private Outcome outcome(Request request, Answer answer, List<FetchedRevision> revisions)
      throws IOException {
    if (answer.isGood()) {
      return taken(rows(answer), revisions);
    }
    if (Refusals.isAboutDocuments(answer.status())) {
      return new Outcome.Refused(Refusals.of(revisions.getFirst(), answer));
    }
    PeerException why = calls.unexpected(request, answer);
    if (Refusals.mayBeOfTheDocument(answer.status())) {
      return new Outcome.Failed(why);
    }
    throw why;
  }

  /** A list of objects; what is anything else says of no document that it is written. */
  private static JsonNode rows(Answer answer) throws IOException {
    JsonNode rows = answer.json();
    if (!rows.isArray() || !rows.valueStream().allMatch(JsonNode::isObject)) {
      throw new OddAnswerException("the answer to _bulk_docs is no list of results");
    }
    return rows;
  }

  private Outcome taken(JsonNode rows, List<FetchedRevision> revisions) {
    Map<List<String>, Refusal> but = new LinkedHashMap<>();
    for (JsonNode row : rows) {
      if (row.path("error").isString()) {
        refusals(row, revisions).forEach(one -> but.putIfAbsent(List.of(one.id(), one.rev()), one));
      }
    }
    // Not the documents are at fault, perhaps, when none of them goes through.
    if (but.size() == revisions.size()
        && but.size() > 1
        && but.values().stream().allMatch(Refusal::isFailing)) {
      String reason = but.values().iterator().next().reason();
      return new Outcome.Failed(failing("every document", reason));
    }
    return new Outcome.Taken(List.copyOf(but.values()));
  }

  private PeerException failing(String what, String said) {
    return new PeerException(
        Kind.FAILING, what + " sent to " + calls.name() + " was answered " + said);
  }

  /** What a row says, of that revision; where it does not say which, of all that were sent. */
  private List<Refusal> refusals(JsonNode row, List<FetchedRevision> revisions) {
    String id = row.path("id").asString("");
    String rev = row.path("rev").asString("");
    String error = row.path("error").asString();
    String reason = row.path("reason").asString("");
    String said = error + ": " + reason;
    List<FetchedRevision> sent =
        revisions.stream().filter(one -> one.id().text().equals(id)).toList();
    boolean failure = Refusal.isFailure(error);
    if (sent.isEmpty() && failure) {
      throw failing("a document", said);
    }
    if (sent.isEmpty()) {
      return List.of(new Refusal(id, rev, error, reason));
    }
    List<FetchedRevision> meant =
        sent.stream().filter(one -> one.rev().toString().equals(rev)).toList();
    return (meant.isEmpty() ? sent : meant)
        .stream()
            .map(one -> one.rev().toString())
            .map(
                one ->
                    failure
                        ? new Refusal(id, one, Refusal.TARGET_FAILS, said)
                        : new Refusal(id, one, error, reason))
            .toList();
  }
}
