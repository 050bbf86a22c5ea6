package org.skerry.conflict;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.skerry.conflict.merge.Content;
import org.skerry.conflict.merge.Decision;
import org.skerry.database.Settlement;
import org.skerry.document.AttachmentRef;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.document.RevisionHash;
import org.skerry.revision.RevId;
import org.skerry.store.RevisionWrite;

/**
 * The revisions that settle a conflict, or open it again. They follow from what stands there, the
 * content and who decided, and from nothing else.
 *
 * @param into the revision that continues the document
 */
record Draft(RevId into, Settlement settlement) {
  /**
   * A policy's settlement: where the winner says already what the document is to say, it stays as
   * it is.
   */
  static Draft ofPolicy(Situation situation, Content content, List<Decision> decisions, By by) {
    boolean stays = content.saysSame(situation.contents().getFirst());
    return of(situation, content, decisions, by, stays);
  }

  /**
   * A person's settlement: always a revision, so that two persons who decide differently at the
   * same time see that.
   */
  static Draft ofPerson(Situation situation, Content content, List<Decision> decisions, By by) {
    return of(situation, content, decisions, by, false);
  }

  private static Draft of(
      Situation situation, Content content, List<Decision> decisions, By by, boolean stays) {
    RevId winner = situation.winner();
    List<RevisionWrite.Edit> edits = new ArrayList<>();
    RevId into = winner;
    if (!stays) {
      RevisionWrite.Edit edit =
          edit(
              situation,
              winner,
              false,
              content.body(),
              placed(content.attachments(), situation.contents().getFirst().attachments()));
      edits.add(edit);
      into = edit.rev();
    }
    for (int i = 0; i < situation.live().size(); i++) {
      Content leaf = situation.contents().get(i);
      // The winning branch needs a tombstone only to keep what its leaf said.
      if (i > 0 || !stays && !leaf.saysSame(content)) {
        edits.add(tombstone(situation, i, into, decisions, by));
      }
    }
    return new Draft(
        into, new Settlement(situation.id(), java.util.Set.copyOf(situation.live()), edits));
  }

  /**
   * A person's settlement of very many versions: what is set aside is kept as always, each version
   * as a whole.
   *
   * @return nothing when the versions are together too large
   */
  static Optional<Draft> ofCrowd(Crowd crowd, Content content, By by) {
    RevId winner = crowd.live().getFirst();
    List<RevisionWrite.Edit> edits = new ArrayList<>();
    boolean all =
        crowd.visit(
            leaf -> {
              boolean first = leaf.rev().equals(winner);
              if (first) {
                edits.add(
                    edit(
                        crowd.id(),
                        winner,
                        false,
                        content.body(),
                        placed(content.attachments(), leaf.attachments())));
              }
              Content said = Content.of(leaf.body(), leaf.attachments());
              boolean same = said.saysSame(content);
              if (!first || !same) {
                edits.add(
                    edit(
                        crowd.id(),
                        leaf.rev(),
                        true,
                        Mark.keeping(
                            leaf.body(),
                            edits.getFirst().rev(),
                            by,
                            List.of(),
                            same ? List.of() : List.of("")),
                        leaf.attachments()));
              }
            });
    return all
        ? Optional.of(
            new Draft(
                edits.getFirst().rev(),
                new Settlement(crowd.id(), java.util.Set.copyOf(crowd.live()), edits)))
        : Optional.empty();
  }

  private static RevisionWrite.Edit tombstone(
      Situation situation, int side, RevId into, List<Decision> decisions, By by) {
    List<String> taken = new ArrayList<>();
    List<String> setAside = new ArrayList<>();
    for (Decision decision : decisions) {
      if (decision.sides().get(side).equals(decision.result())) {
        if (decision.from().size() == 1) {
          taken.add(decision.place().toString());
        }
      } else {
        setAside.add(decision.place().toString());
      }
    }
    Content leaf = situation.contents().get(side);
    return edit(
        situation,
        situation.live().get(side),
        true,
        Mark.keeping(leaf.body(), into, by, taken, setAside),
        leaf.attachments());
  }

  /**
   * Opens a settlement again: what was set aside lives again on its own branch, beside the
   * tombstone that tells of the settlement, and the winning branch gets back what it said before,
   * unless somebody went on from the settlement.
   *
   * @return nothing when nothing of it can be opened
   */
  static Optional<Draft> undoing(Situation situation, List<Mark.Settled> marks, By by) {
    RevId into = marks.getFirst().into();
    RevId winner = situation.winner();
    List<RevisionWrite.Edit> edits = new ArrayList<>();
    List<RevId> reopened = new ArrayList<>(situation.live());
    for (Mark.Settled mark : marks) {
      Content kept = situation.content(mark.leaf()).orElse(Content.NONE);
      boolean own = Optional.of(mark.leaf()).equals(situation.tree().parent(into));
      if (!own) {
        RevisionWrite.Edit revived =
            edit(situation, mark.leaf(), false, kept.body(), kept.attachments());
        edits.add(revived);
        reopened.add(revived.rev());
      } else if (winner.equals(into)) {
        RevisionWrite.Edit earlier =
            edit(
                situation,
                winner,
                false,
                kept.body(),
                placed(kept.attachments(), situation.contents().getFirst().attachments()));
        edits.add(earlier);
        reopened.remove(winner);
        reopened.add(earlier.rev());
      }
    }
    if (reopened.size() < 2 || edits.isEmpty()) {
      return Optional.empty();
    }
    edits.add(
        edit(
            situation, marks.getFirst().leaf(), true, Mark.undoing(into, by, reopened), List.of()));
    return Optional.of(
        new Draft(
            into, new Settlement(situation.id(), java.util.Set.copyOf(situation.live()), edits)));
  }

  /** The leaves that live when an undoing was written. */
  List<RevId> revived() {
    return settlement.revisions().stream()
        .filter(edit -> !edit.deleted())
        .map(RevisionWrite.Edit::rev)
        .toList();
  }

  /**
   * Attachments of a revision that follows another one: those that the other has stay as they are,
   * the rest comes with the revision, so that replicators send its bytes.
   */
  private static List<AttachmentRef> placed(
      List<AttachmentRef> attachments, List<AttachmentRef> before) {
    return attachments.stream()
        .map(
            ref ->
                before.stream()
                    .filter(old -> old.name().equals(ref.name()))
                    .filter(old -> old.digest().equals(ref.digest()))
                    .filter(old -> old.contentType().equals(ref.contentType()))
                    .findFirst()
                    .orElseGet(() -> ref.at(0)))
        .toList();
  }

  private static RevisionWrite.Edit edit(
      Situation situation,
      RevId parent,
      boolean deleted,
      Body body,
      List<AttachmentRef> attachments) {
    return edit(situation.id(), parent, deleted, body, attachments);
  }

  private static RevisionWrite.Edit edit(
      DocId id, RevId parent, boolean deleted, Body body, List<AttachmentRef> attachments) {
    RevId rev = RevisionHash.next(Optional.of(parent), deleted, body, attachments);
    return new RevisionWrite.Edit(id, Optional.of(parent), rev, deleted, body, attachments);
  }
}
