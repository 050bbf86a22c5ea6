package org.skerry.replication.http;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.skerry.replication.http.Calls.Answer;
import org.skerry.replication.peer.FetchedRevision;
import org.skerry.replication.peer.PeerException;
import org.skerry.replication.peer.PeerException.Kind;
import org.skerry.replication.peer.Refusal;
import tools.jackson.databind.JsonNode;

/**
 * Writes revisions to a peer, many at a time. A batch that is refused as a whole (too large, or one
 * of its documents is not understood) is halved until the refusal has a name. So is one over which
 * the peer fails, or the line breaks and stands again at once, the second time in a row: the first
 * time it may be a matter of the moment, and is said.
 */
final class BulkDocs {
  /** A peer that fails over more of a batch, each alone, fails altogether. */
  private static final int MOST_FAILING = 10;

  private final Calls calls;

  /** Whether the last batch failed. Volatile: two threads write. */
  private volatile boolean failed;

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
    boolean again = failed;
    failed = outcome instanceof Outcome.Failed;
    if (outcome instanceof Outcome.Failed(PeerException why) && revisions.size() > 1 && !again) {
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
      return new Outcome.Taken(read(rows(answer), revisions));
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

  private List<Refusal> read(JsonNode rows, List<FetchedRevision> revisions) {
    List<Refusal> refusals = new ArrayList<>();
    for (JsonNode row : rows) {
      if (row.path("error").isString()) {
        refusals.add(refusal(row, revisions));
      }
    }
    boolean failing = refusals.stream().allMatch(Refusal::isFailing);
    if (refusals.size() == revisions.size() && refusals.size() > 1 && failing) {
      // Not the documents are at fault when none of them goes through.
      throw new PeerException(
          Kind.FAILING,
          "every document sent to "
              + calls.name()
              + " was answered "
              + refusals.getFirst().reason());
    }
    return refusals;
  }

  private Refusal refusal(JsonNode row, List<FetchedRevision> revisions) {
    String id = row.path("id").asString("");
    String error = row.path("error").asString();
    String reason = row.path("reason").asString("");
    Optional<FetchedRevision> named =
        revisions.stream().filter(one -> one.id().text().equals(id)).findFirst();
    String rev = row.path("rev").asString(named.map(one -> one.rev().toString()).orElse(""));
    if (!Refusal.isFailure(error)) {
      return new Refusal(id, rev, error, reason);
    }
    String said = error + ": " + reason;
    if (named.isEmpty()) {
      throw new PeerException(
          Kind.FAILING, "a document sent to " + calls.name() + " was answered " + said);
    }
    return new Refusal(id, rev, Refusal.TARGET_FAILS, said);
  }
}
