package org.skerry.exchange;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skerry.attachment.AttachmentInput;
import org.skerry.database.Database;
import org.skerry.database.ForeignRevision;
import org.skerry.database.WriteResult;
import org.skerry.document.AttachmentRef;
import org.skerry.document.BadDocumentException;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.document.RevisionHash;
import org.skerry.exchange.Message.LeftConflict;
import org.skerry.revision.RevId;
import org.skerry.revision.RevPath;
import org.skerry.store.Fields;
import org.skerry.store.RevisionRef;
import org.skerry.store.StoredDocument;

/**
 * Takes versions of the partner's in, each as a revision that follows the one which the partner's
 * last known version is here, in these steps:
 *
 * <ol>
 *   <li>A version that is known already is passed over: it came from here, or came before.
 *   <li>One that says what the winner here says is linked to it; so is one that says what an
 *       earlier revision here says that was on its way there: the answer was lost.
 *   <li>Any other becomes a revision behind the linked one, or a branch of its own where nothing
 *       was linked. If that is not the winner, somebody changed the document here: a conflict.
 * </ol>
 *
 * <p>Nothing here is ever overwritten, and the same version taken twice is the same revision.
 */
final class Intake {
  /** How many revisions back it is looked for what may have been sent. */
  private static final int UNSENT = 50;

  private final Run run;
  private final Database database;
  private final RuledConflict ruled;

  Intake(Run run) {
    this.run = run;
    this.database = run.database();
    this.ruled = new RuledConflict(run);
  }

  /** A version on its way to become a revision. */
  private record Step(Incoming incoming, ForeignRevision revision, Optional<RevId> beside) {}

  /** Takes versions in, and drafts what is to be known of them. */
  void take(List<Incoming> versions) {
    try (BesideData data = new BesideData(database.store().attachments(), run.limits())) {
      List<Incoming> small = new ArrayList<>();
      for (Incoming incoming : versions) {
        try {
          small.add(data.takeOut(incoming));
        } catch (BadDocumentException e) {
          failed(incoming, String.valueOf(e.getMessage()));
        }
      }
      take(small, data);
    }
  }

  private void take(List<Incoming> versions, BesideData data) {
    Map<DocId, StoredDocument> here = load(versions);
    List<Step> steps = new ArrayList<>();
    for (Incoming incoming : versions) {
      Optional<StoredDocument> document = Optional.ofNullable(here.get(incoming.id().document()));
      decide(incoming, document, data).ifPresent(steps::add);
    }
    if (steps.isEmpty()) {
      return;
    }
    List<WriteResult> results = database.merge(steps.stream().map(Step::revision).toList());
    for (int i = 0; i < steps.size(); i++) {
      settle(steps.get(i), results.get(i));
    }
  }

  private Map<DocId, StoredDocument> load(List<Incoming> versions) {
    Map<DocId, StoredDocument> found = new HashMap<>();
    database
        .store()
        .load(
            versions.stream().map(incoming -> incoming.id().document()).toList(),
            Fields.WINNER,
            document -> {
              found.put(document.id(), document);
              return true;
            });
    return found;
  }

  private Optional<Step> decide(
      Incoming incoming, Optional<StoredDocument> document, BesideData data) {
    Optional<Link> link = run.ledger().link(incoming.id());
    if (link.filter(last -> isKnown(last, incoming)).isPresent()) {
      run.ledger().remove(Direction.PULL, incoming.id());
      return Optional.empty();
    }
    Optional<StoredDocument> live = document.filter(there -> !there.deleted());
    if (incoming.deleted()) {
      return live.isPresent() && link.filter(last -> !last.rev().isEmpty()).isPresent()
          ? Optional.of(step(incoming, link, live, data))
          : nothingToDelete(incoming, document);
    }
    if (live.filter(there -> saysSame(incoming, there)).isPresent()) {
      linked(incoming, live.get().winner().rev().toString());
      run.succeeded(
          Direction.PULL,
          incoming.subject(),
          incoming.id(),
          incoming.action(true),
          "it is here already",
          Optional.empty());
      return Optional.empty();
    }
    Optional<RevId> sent = live.flatMap(there -> sent(incoming, link, there));
    if (sent.isPresent()) {
      linked(incoming, sent.get().toString());
      run.succeeded(
          Direction.PULL,
          incoming.subject(),
          incoming.id(),
          "UPDATED",
          "it went there from here",
          Optional.empty());
      return Optional.empty();
    }
    return Optional.of(step(incoming, link, live, data));
  }

  /** The revision between the linked one and the winner that says the same, if any. */
  private Optional<RevId> sent(Incoming incoming, Optional<Link> link, StoredDocument document) {
    RevId winner = document.winner().rev();
    String last = link.map(Link::rev).orElse("");
    if (last.equals(winner.toString())) {
      return Optional.empty();
    }
    List<RevisionRef> unsent = new ArrayList<>();
    database
        .store()
        .load(
            List.of(document.id()),
            Fields.TREE,
            whole -> {
              whole.tree().flatMap(tree -> tree.path(winner)).stream()
                  .flatMap(path -> path.revisions().stream())
                  .takeWhile(rev -> !rev.toString().equals(last))
                  .limit(UNSENT)
                  .forEach(rev -> unsent.add(new RevisionRef(document.id(), rev)));
              return true;
            });
    List<RevId> same = new ArrayList<>(1);
    database
        .store()
        .read(
            unsent,
            (ref, there) ->
                there
                    .map(found -> found.revision().body())
                    .filter(body -> SameContent.is(incoming.body().orElseThrow(), body))
                    .ifPresent(body -> same.add(ref.rev())));
    return same.stream().findFirst();
  }

  private static boolean isKnown(Link last, Incoming incoming) {
    return incoming.deleted()
        ? last.deleted()
        : !last.deleted()
            && !last.version().isEmpty()
            && last.version().equals(incoming.version().name());
  }

  private static boolean saysSame(Incoming incoming, StoredDocument document) {
    return document.leaves().size() == 1
        && incoming
            .body()
            .filter(body -> SameContent.is(body, document.revisions().getFirst().body()))
            .isPresent();
  }

  private Optional<Step> nothingToDelete(Incoming incoming, Optional<StoredDocument> document) {
    linked(
        incoming,
        document
            .filter(StoredDocument::deleted)
            .map(there -> there.winner().rev().toString())
            .orElse(""));
    run.succeeded(
        Direction.PULL,
        incoming.subject(),
        incoming.id(),
        incoming.action(true),
        "nothing of it came from there",
        Optional.empty());
    return Optional.empty();
  }

  private void linked(Incoming incoming, String rev) {
    run.ledger().put(incoming.id(), new Link(incoming.version().name(), rev, incoming.deleted()));
  }

  private Step step(
      Incoming incoming, Optional<Link> link, Optional<StoredDocument> live, BesideData data) {
    Optional<RevId> parent = link.map(Link::rev).filter(rev -> !rev.isEmpty()).map(RevId::parse);
    Body body = incoming.body().map(stamped -> stamped.body()).orElse(Body.EMPTY);
    List<AttachmentRef> before = parent.map(rev -> kept(incoming, rev)).orElse(List.of());
    List<AttachmentRef> attachments =
        incoming.deleted() ? List.of() : data.attachments(incoming, body, before);
    RevId rev = RevisionHash.next(parent, incoming.deleted(), body, attachments);
    Optional<RevId> beside =
        live.map(there -> there.winner().rev())
            .filter(winner -> !Optional.of(winner).equals(parent));
    return new Step(
        incoming,
        new ForeignRevision(
            incoming.id().document(),
            parent.map(linked -> RevPath.of(rev, linked)).orElseGet(() -> RevPath.of(rev)),
            incoming.deleted(),
            body,
            attachments.stream().<AttachmentInput>map(AttachmentInput.Stored::new).toList()),
        beside);
  }

  /** What is attached to the version on which it stands. */
  private List<AttachmentRef> kept(Incoming incoming, RevId parent) {
    List<AttachmentRef> found = new ArrayList<>();
    database
        .store()
        .read(
            List.of(new RevisionRef(incoming.id().document(), parent)),
            (ref, there) ->
                there.ifPresent(before -> found.addAll(before.revision().attachments())));
    return found;
  }

  private void settle(Step step, WriteResult result) {
    Incoming incoming = step.incoming();
    RevId rev = step.revision().path().newest();
    switch (result) {
      case WriteResult.Written written -> stored(step, rev);
      case WriteResult.Present present -> stored(step, rev);
      case WriteResult.Forbidden refused -> failed(incoming, refused.reason());
      case WriteResult.MissingStub stub -> failed(incoming, "attachment " + stub.attachment());
      case WriteResult.Conflict conflict -> failed(incoming, "it could not be merged");
    }
  }

  private void failed(Incoming incoming, String problem) {
    run.failed(Direction.PULL, incoming.subject(), incoming.id(), incoming.action(true), problem);
  }

  private List<RevId> live(Incoming incoming) {
    List<RevId> found = new ArrayList<>();
    database
        .store()
        .load(
            List.of(incoming.id().document()),
            Fields.LEAVES,
            document -> {
              document.leaves().stream()
                  .filter(leaf -> !leaf.deleted())
                  .forEach(leaf -> found.add(leaf.rev()));
              return true;
            });
    return found;
  }

  private void stored(Step step, RevId rev) {
    Incoming incoming = step.incoming();
    linked(incoming, rev.toString());
    List<RevId> live = step.beside().isPresent() ? live(incoming) : List.of();
    ConflictRule rule = incoming.subject().conflicts();
    Optional<RevId> settled = ruled.settle(rule, incoming.id().document(), live, rev);
    if (settled.isPresent() && rule == ConflictRule.THEIRS) {
      // It says what the partner's version says, so it is not sent back.
      linked(incoming, settled.get().toString());
    }
    String details =
        settled
            .map(into -> "changed on both sides; taken by the rule: " + rule.text() + ", " + into)
            .orElseGet(() -> details(step, rev));
    run.succeeded(
        Direction.PULL,
        incoming.subject(),
        incoming.id(),
        incoming.action(rev.generation() > 1),
        details,
        settled.isPresent()
            ? Optional.empty()
            : step.beside().map(winner -> new LeftConflict(incoming.id().document(), live)));
  }

  private static String details(Step step, RevId rev) {
    return step.beside()
        .map(
            winner ->
                step.incoming().deleted()
                    ? "deleted there, changed here: it stays as " + winner
                    : "it was changed here, too: " + rev + " stands beside " + winner)
        .orElse(rev.toString());
  }
}
