package org.skerry.database;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.skerry.document.AttachmentRef;
import org.skerry.document.BadDocumentException;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.document.RevisionHash;
import org.skerry.revision.Leaf;
import org.skerry.revision.RevId;
import org.skerry.revision.RevPath;
import org.skerry.store.DocumentStore;
import org.skerry.store.Fields;
import org.skerry.store.Outcome;
import org.skerry.store.RevisionRef;
import org.skerry.store.RevisionVisitor.Found;
import org.skerry.store.RevisionWrite;
import org.skerry.store.Seq;
import org.skerry.store.Together;

/**
 * Edits on their way in. Used once, by one thread, in these steps:
 *
 * <ol>
 *   <li>Stubs become the attachments that they stand for. Whoever follows no leaf is told of that,
 *       and not that a stub is unknown: the revision that knew it may be gone with its leaf.
 *   <li>Where guards watch: edits that follow no leaf are conflicts at once, as in CouchDB, so that
 *       a guard is never asked about what cannot be written; the others are shown to the guards.
 *   <li>What is left gets its names and is committed. The store decides about conflicts, whatever
 *       was seen before.
 *   <li>An edit without a parent that met a tombstone is committed again on top of it.
 * </ol>
 */
final class EditBatch {
  private final DocumentStore store;
  private final List<NewRevision> edits;
  private final Placing placing;
  private final WriteResult[] results;

  EditBatch(DocumentStore store, List<NewRevision> edits, Placing placing) {
    this.store = store;
    this.placing = placing;
    this.edits = edits;
    this.results = new WriteResult[edits.size()];
  }

  List<WriteResult> write(Inspection inspection) {
    List<Pending> pending = resolve();
    if (inspection.isNeeded()) {
      pending = inspect(pending, inspection);
    }
    pending = followable(pending);
    while (!pending.isEmpty()) {
      pending = followable(commit(pending));
    }
    return List.of(results);
  }

  /** As {@link #write}, but all or none, and without another try. */
  TogetherResult writeTogether(Inspection inspection) {
    List<Pending> pending = resolve();
    if (inspection.isNeeded()) {
      pending = inspect(pending, inspection);
    }
    pending = followable(pending);
    for (int i = 0; i < results.length; i++) {
      if (results[i] != null) {
        return new TogetherResult.Refused(i, results[i]);
      }
    }
    List<RevisionWrite> batch = pending.stream().map(one -> one.write(placing)).toList();
    return switch (store.commitTogether(batch)) {
      case Together.Refused(int index, Outcome.Stale stale) ->
          new TogetherResult.Refused(index, new WriteResult.Conflict(stale.leaves()));
      case Together.Committed committed ->
          new TogetherResult.Written(results(batch, committed.outcomes()));
    };
  }

  private static List<WriteResult> results(List<RevisionWrite> batch, List<Outcome> outcomes) {
    List<WriteResult> written = new ArrayList<>(outcomes.size());
    for (int i = 0; i < outcomes.size(); i++) {
      RevId rev = batch.get(i).rev();
      written.add(
          switch (outcomes.get(i)) {
            case Outcome.Written(Seq seq) -> new WriteResult.Written(rev, seq);
            case Outcome.Present present -> new WriteResult.Present(rev);
            case Outcome.Stale stale -> new WriteResult.Conflict(stale.leaves());
          });
    }
    return written;
  }

  /** The first edit that could be written if somebody knew what it has a stub of. */
  Optional<WriteResult.MissingStub> missing() {
    if (edits.stream().noneMatch(edit -> StubResolver.hasStub(edit.attachments()))) {
      return Optional.empty();
    }
    resolve();
    return Arrays.stream(results)
        .filter(WriteResult.MissingStub.class::isInstance)
        .map(WriteResult.MissingStub.class::cast)
        .findFirst();
  }

  private List<Pending> resolve() {
    StubResolver stubs = StubResolver.ofEdits(store, edits);
    List<Pending> pending = new ArrayList<>(edits.size());
    Map<Integer, StubResolver.Missing> unknown = new LinkedHashMap<>();
    for (int i = 0; i < results.length; i++) {
      NewRevision edit = edits.get(i);
      switch (stubs.resolve(edit)) {
        case StubResolver.Missing missing -> unknown.put(i, missing);
        case StubResolver.Resolved resolved ->
            pending.add(new Pending(i, edit, edit.parent(), edit.body(), resolved.attachments()));
      }
    }
    if (!unknown.isEmpty()) {
      noteUnknown(unknown);
    }
    return pending;
  }

  private void noteUnknown(Map<Integer, StubResolver.Missing> unknown) {
    Map<DocId, List<Leaf>> leaves = leaves(unknown.keySet().stream().map(i -> edits.get(i).id()));
    unknown.forEach(
        (i, missing) -> {
          NewRevision edit = edits.get(i);
          List<Leaf> standing = leaves.getOrDefault(edit.id(), List.of());
          results[i] =
              follows(edit.parent(), standing)
                  ? new WriteResult.MissingStub(edit.id(), missing.attachment())
                  : new WriteResult.Conflict(standing);
        });
  }

  private Map<DocId, List<Leaf>> leaves(Stream<DocId> ids) {
    Map<DocId, List<Leaf>> leaves = new HashMap<>();
    store.load(
        ids.distinct().toList(),
        Fields.LEAVES,
        document -> {
          leaves.put(document.id(), document.leaves());
          return true;
        });
    return leaves;
  }

  private static boolean follows(Optional<RevId> parent, List<Leaf> leaves) {
    return parent
        .map(rev -> leaves.stream().anyMatch(leaf -> leaf.rev().equals(rev)))
        .orElseGet(() -> leaves.isEmpty() || isDeleted(leaves));
  }

  /** Notes those that want to follow what nothing can, and returns the others. */
  private List<Pending> followable(List<Pending> pending) {
    return pending.stream().allMatch(this::isFollowable)
        ? pending
        : pending.stream().filter(this::isFollowable).toList();
  }

  private boolean isFollowable(Pending one) {
    try {
      one.parent.ifPresent(RevisionHash::checkFollowable);
      return true;
    } catch (BadDocumentException e) {
      results[one.index] = new WriteResult.Forbidden("forbidden", String.valueOf(e.getMessage()));
      return false;
    }
  }

  /** Notes conflicts and refusals, and returns what may be written. */
  private List<Pending> inspect(List<Pending> pending, Inspection inspection) {
    Map<DocId, List<Leaf>> leaves = leaves(pending.stream().map(one -> one.edit.id()));
    Map<RevisionRef, Found> parents = new HashMap<>();
    store.read(
        pending.stream().flatMap(Pending::parentRef).toList(),
        (ref, found) -> found.ifPresent(there -> parents.put(ref, there)));
    List<Pending> asked = new ArrayList<>(pending.size());
    List<ProposedRevision> proposed = new ArrayList<>(pending.size());
    for (Pending one : pending) {
      List<Leaf> standing = leaves.getOrDefault(one.edit.id(), List.of());
      if (!follows(one.parent, standing)) {
        results[one.index] = new WriteResult.Conflict(standing);
        continue;
      }
      asked.add(one);
      proposed.add(one.proposed(one.parentRef().findFirst().map(parents::get)));
    }
    List<Inspection.Finding> findings = inspection.inspect(proposed);
    List<Pending> allowed = new ArrayList<>(asked.size());
    for (int i = 0; i < asked.size(); i++) {
      Pending one = asked.get(i);
      switch (findings.get(i)) {
        case Inspection.Refused refused -> results[one.index] = refused.result();
        case Inspection.Allowed(Body body) -> allowed.add(one.withBody(body));
      }
    }
    return allowed;
  }

  /**
   * Commits, notes the results, and returns the edits to try again on the tombstone that they met.
   */
  private List<Pending> commit(List<Pending> pending) {
    List<RevisionWrite> batch = new ArrayList<>(pending.size());
    for (Pending one : pending) {
      batch.add(one.write(placing));
    }
    List<Outcome> outcomes = store.commit(batch);
    List<Pending> again = new ArrayList<>();
    for (int i = 0; i < outcomes.size(); i++) {
      Pending one = pending.get(i);
      switch (outcomes.get(i)) {
        case Outcome.Written written ->
            results[one.index] = new WriteResult.Written(batch.get(i).rev(), written.seq());
        case Outcome.Present present ->
            results[one.index] = new WriteResult.Present(batch.get(i).rev());
        case Outcome.Stale stale -> {
          if (one.edit.parent().isEmpty() && isDeleted(stale.leaves())) {
            again.add(one.onTopOf(stale.leaves().getFirst().rev()));
          } else {
            results[one.index] = new WriteResult.Conflict(stale.leaves());
          }
        }
      }
    }
    return again;
  }

  private static boolean isDeleted(List<Leaf> leaves) {
    return !leaves.isEmpty() && leaves.getFirst().deleted();
  }

  /**
   * An edit whose fate is open.
   *
   * @param index its place among the results
   * @param parent what it is to follow: the edit's own parent, or the tombstone that it met
   * @param body the edit's own body, or what a guard made of it
   */
  private record Pending(
      int index,
      NewRevision edit,
      Optional<RevId> parent,
      Body body,
      List<AttachmentRef> attachments) {

    RevisionWrite write(Placing placing) {
      RevId rev = RevisionHash.next(parent, edit.deleted(), body, attachments);
      List<AttachmentRef> placed = StubResolver.placed(attachments, rev.generation());
      return new RevisionWrite.Edit(
          edit.id(),
          parent,
          rev,
          edit.deleted(),
          body,
          placed,
          placing.place(edit.id(), edit.deleted(), body));
    }

    Stream<RevisionRef> parentRef() {
      return parent.stream().map(rev -> new RevisionRef(edit.id(), rev));
    }

    ProposedRevision proposed(Optional<Found> previous) {
      return new ProposedRevision(
          ProposedRevision.Origin.EDIT,
          edit.id(),
          parent.map(RevPath::of),
          edit.deleted(),
          body,
          attachments,
          previous);
    }

    Pending withBody(Body other) {
      return new Pending(index, edit, parent, other, attachments);
    }

    Pending onTopOf(RevId tombstone) {
      return new Pending(index, edit, Optional.of(tombstone), body, attachments);
    }
  }
}
