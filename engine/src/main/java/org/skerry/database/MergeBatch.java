package org.skerry.database;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.skerry.attachment.AttachmentInput;
import org.skerry.document.Body;
import org.skerry.revision.RevId;
import org.skerry.store.DocumentStore;
import org.skerry.store.Outcome;
import org.skerry.store.RevisionQuery;
import org.skerry.store.RevisionRef;
import org.skerry.store.RevisionVisitor.Found;
import org.skerry.store.RevisionWrite;
import org.skerry.store.Together;
import org.skerry.store.subset.Echo;

/**
 * Revisions that were made elsewhere, on their way in. Used once, by one thread. Guards are asked
 * about those that are not here yet: what is here changes nothing, so that nobody is told that it
 * was refused.
 */
final class MergeBatch {
  private final DocumentStore store;
  private final List<ForeignRevision> revisions;
  private final Placing placing;
  private final WriteResult[] results;

  /** Refused, but would have entered along with others. */
  private final List<Pending> alone = new ArrayList<>(0);

  MergeBatch(DocumentStore store, List<ForeignRevision> revisions, Placing placing) {
    this.store = store;
    this.placing = placing;
    this.revisions = revisions;
    this.results = new WriteResult[revisions.size()];
  }

  List<WriteResult> write(Inspection inspection) {
    try (StubResolver stubs = StubResolver.ofForeign(store, revisions)) {
      List<Pending> pending = resolve(stubs);
      if (inspection.isNeeded()) {
        pending = inspect(pending, inspection);
        keepAlone(inspection);
      }
      if (!pending.isEmpty()) {
        commit(pending);
      }
    }
    return List.of(results);
  }

  /** As {@link #write}, but all or none. */
  TogetherResult writeTogether(Inspection inspection) {
    try (StubResolver stubs = StubResolver.ofForeign(store, revisions)) {
      List<Pending> pending = resolve(stubs);
      if (inspection.isNeeded()) {
        pending = inspect(pending, inspection);
      }
      for (int i = 0; i < results.length; i++) {
        if (results[i] != null && !(results[i] instanceof WriteResult.Present)) {
          return new TogetherResult.Refused(i, results[i]);
        }
      }
      if (!pending.isEmpty()) {
        commitTogether(pending);
      }
    }
    return new TogetherResult.Written(List.of(results));
  }

  private void commitTogether(List<Pending> pending) {
    switch (store.commitTogether(placed(pending))) {
      case Together.Refused refused ->
          throw new IllegalStateException("a merge was called stale: " + refused);
      case Together.Committed(List<Outcome> outcomes) -> note(pending, outcomes);
    }
  }

  /** The first revision that is not here and has a stub of what nobody knows. */
  Optional<WriteResult.MissingStub> missing() {
    if (revisions.stream().noneMatch(revision -> StubResolver.hasStub(revision.attachments()))) {
      return Optional.empty();
    }
    try (StubResolver stubs = StubResolver.ofForeign(store, revisions)) {
      resolve(stubs);
    }
    return Arrays.stream(results)
        .filter(WriteResult.MissingStub.class::isInstance)
        .map(WriteResult.MissingStub.class::cast)
        .findFirst();
  }

  private List<Pending> resolve(StubResolver stubs) {
    List<Pending> pending = new ArrayList<>(revisions.size());
    Map<Integer, StubResolver.Missing> unknown = new LinkedHashMap<>();
    for (int i = 0; i < results.length; i++) {
      ForeignRevision revision = revisions.get(i);
      if (Echo.of(revision.id(), revision.path()).isPresent()) {
        // Nobody wrote it: it stands on devices alone, in place of what is here or was taken back.
        results[i] = new WriteResult.Present(revision.path().newest());
        continue;
      }
      switch (stubs.resolve(revision)) {
        case StubResolver.Missing missing -> unknown.put(i, missing);
        case StubResolver.Resolved resolved ->
            pending.add(
                new Pending(
                    i,
                    new RevisionWrite.Merge(
                        revision.id(),
                        revision.path(),
                        revision.deleted(),
                        revision.body(),
                        resolved.attachments())));
      }
    }
    if (!unknown.isEmpty()) {
      noteUnknown(unknown);
    }
    return pending;
  }

  /** Of what is here nobody has to know the attachments. */
  private void noteUnknown(Map<Integer, StubResolver.Missing> unknown) {
    Set<RevisionRef> missing = missing(unknown.keySet().stream().map(i -> ref(revisions.get(i))));
    unknown.forEach(
        (i, stub) -> {
          RevisionRef ref = ref(revisions.get(i));
          results[i] =
              missing.contains(ref)
                  ? new WriteResult.MissingStub(ref.id(), stub.attachment())
                  : new WriteResult.Present(ref.rev());
        });
  }

  private static RevisionRef ref(ForeignRevision revision) {
    return new RevisionRef(revision.id(), revision.path().newest());
  }

  /** Notes refusals, and returns what may be written. */
  private List<Pending> inspect(List<Pending> pending, Inspection inspection) {
    Set<RevisionRef> missing = missing(pending.stream().map(Pending::ref));
    Map<RevisionRef, Found> parents = parents(pending);
    List<Pending> allowed = new ArrayList<>(pending.size());
    List<Pending> asked = new ArrayList<>(pending.size());
    for (Pending one : pending) {
      (missing.contains(one.ref()) ? asked : allowed).add(one);
    }
    List<Inspection.Finding> findings =
        inspection.inspect(
            asked.stream().map(one -> one.proposed(previous(one, parents))).toList());
    for (int i = 0; i < asked.size(); i++) {
      Pending one = asked.get(i);
      switch (findings.get(i)) {
        case Inspection.Refused(WriteResult.Forbidden result, boolean refusedAlone) -> {
          results[one.index] = result;
          if (refusedAlone) {
            alone.add(one);
          }
        }
        case Inspection.Allowed(Body body) -> allowed.add(one.withBody(body));
      }
    }
    allowed.sort(Comparator.comparingInt(Pending::index));
    return allowed;
  }

  /** While their attachments cannot be swept. */
  private void keepAlone(Inspection inspection) {
    if (alone.isEmpty()) {
      return;
    }
    List<Optional<WriteResult.Forbidden>> said =
        inspection.keep(alone.stream().map(Pending::foreign).toList());
    for (int i = 0; i < said.size(); i++) {
      int index = alone.get(i).index;
      said.get(i).ifPresent(kept -> results[index] = kept);
    }
  }

  private Set<RevisionRef> missing(Stream<RevisionRef> refs) {
    Set<RevisionRef> missing = new HashSet<>();
    store.missing(
        refs.map(ref -> new RevisionQuery(ref.id(), List.of(ref.rev()))).toList(),
        (id, revs, ancestors) -> revs.forEach(rev -> missing.add(new RevisionRef(id, rev))));
    return missing;
  }

  /** The parents, all at once: most revisions follow something that is here. */
  private Map<RevisionRef, Found> parents(List<Pending> pending) {
    Map<RevisionRef, Found> parents = new HashMap<>();
    store.read(
        pending.stream()
            .filter(one -> one.ancestors().size() > 0)
            .map(one -> new RevisionRef(one.write.id(), one.ancestors().getFirst()))
            .toList(),
        (ref, found) -> found.ifPresent(there -> parents.put(ref, there)));
    return parents;
  }

  /** The nearest ancestor whose body is here. */
  private Optional<Found> previous(Pending one, Map<RevisionRef, Found> parents) {
    List<RevId> ancestors = one.ancestors();
    if (ancestors.isEmpty()) {
      return Optional.empty();
    }
    Found parent = parents.get(new RevisionRef(one.write.id(), ancestors.getFirst()));
    if (parent != null || ancestors.size() == 1) {
      return Optional.ofNullable(parent);
    }
    List<Found> found = new ArrayList<>(1);
    store.read(
        ancestors.stream().skip(1).map(rev -> new RevisionRef(one.write.id(), rev)).toList(),
        (ref, there) -> there.filter(any -> found.isEmpty()).ifPresent(found::add));
    return found.stream().findFirst();
  }

  private void commit(List<Pending> pending) {
    note(pending, store.commit(placed(pending)));
  }

  private List<RevisionWrite> placed(List<Pending> pending) {
    return pending.stream().<RevisionWrite>map(one -> one.placed(placing)).toList();
  }

  private void note(List<Pending> pending, List<Outcome> outcomes) {
    for (int i = 0; i < outcomes.size(); i++) {
      RevId rev = pending.get(i).write.rev();
      results[pending.get(i).index] =
          switch (outcomes.get(i)) {
            case Outcome.Written written -> new WriteResult.Written(rev, written.seq());
            case Outcome.Present present -> new WriteResult.Present(rev);
            case Outcome.Stale stale ->
                throw new IllegalStateException("a merge was called stale: " + stale);
          };
    }
  }

  /**
   * A revision whose fate is open.
   *
   * @param index its place among the results
   */
  private record Pending(int index, RevisionWrite.Merge write) {
    RevisionRef ref() {
      return new RevisionRef(write.id(), write.rev());
    }

    RevisionWrite.Merge placed(Placing placing) {
      return new RevisionWrite.Merge(
          write.id(),
          write.path(),
          write.deleted(),
          write.body(),
          write.attachments(),
          placing.place(write.id(), write.deleted(), write.body()));
    }

    ForeignRevision foreign() {
      return new ForeignRevision(
          write.id(),
          write.path(),
          write.deleted(),
          write.body(),
          write.attachments().stream().<AttachmentInput>map(AttachmentInput.Stored::new).toList());
    }

    /** Nearest first. */
    List<RevId> ancestors() {
      List<RevId> path = write.path().revisions();
      return path.subList(1, path.size());
    }

    ProposedRevision proposed(Optional<Found> previous) {
      return new ProposedRevision(
          ProposedRevision.Origin.MERGE,
          write.id(),
          Optional.of(write.path()),
          write.deleted(),
          write.body(),
          write.attachments(),
          previous);
    }

    Pending withBody(Body body) {
      return new Pending(
          index,
          new RevisionWrite.Merge(
              write.id(), write.path(), write.deleted(), body, write.attachments()));
    }
  }
}
