package org.skerry.database;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skerry.attachment.AttachmentInput;
import org.skerry.document.AttachmentRef;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;
import org.skerry.store.DocumentStore;
import org.skerry.store.Fields;
import org.skerry.store.RevisionRef;
import org.skerry.store.StoredRevision;

/**
 * Turns stubs into the attachments that they stand for: for an edit those of its parent, for a foreign revision
 * those of its nearest ancestor with a body here, or else of any leaf that has the same bytes.
 *
 * <p>Everything that a batch needs is read at once, and nothing is read when there are no stubs.
 */
final class StubResolver {
  /** Either all attachments of a revision, or the first that nobody knows. */
  sealed interface Resolution {}

  record Resolved(List<AttachmentRef> attachments) implements Resolution {}

  record Missing(String attachment) implements Resolution {}

  private final Map<RevisionRef, StoredRevision> known = new HashMap<>();
  private final Map<DocId, List<StoredRevision>> leaves = new HashMap<>();

  private StubResolver() {}

  static StubResolver ofEdits(DocumentStore store, List<NewRevision> edits) {
    List<RevisionRef> wanted = new ArrayList<>();
    for (NewRevision edit : edits) {
      if (hasStub(edit.attachments())) {
        edit.parent().ifPresent(parent -> wanted.add(new RevisionRef(edit.id(), parent)));
      }
    }
    StubResolver resolver = new StubResolver();
    resolver.read(store, wanted);
    return resolver;
  }

  static StubResolver ofForeign(DocumentStore store, List<ForeignRevision> revisions) {
    List<RevisionRef> wanted = new ArrayList<>();
    List<DocId> ids = new ArrayList<>();
    for (ForeignRevision revision : revisions) {
      if (hasStub(revision.attachments())) {
        ids.add(revision.id());
        for (RevId rev : revision.path().revisions()) {
          wanted.add(new RevisionRef(revision.id(), rev));
        }
      }
    }
    StubResolver resolver = new StubResolver();
    resolver.read(store, wanted);
    if (!ids.isEmpty()) {
      store.load(
          ids,
          new Fields(false, Fields.Bodies.LEAVES),
          document -> {
            resolver.leaves.put(document.id(), document.revisions());
            return true;
          });
    }
    return resolver;
  }

  private static boolean hasStub(List<AttachmentInput> attachments) {
    return attachments.stream().anyMatch(AttachmentInput.Stub.class::isInstance);
  }

  private void read(DocumentStore store, List<RevisionRef> wanted) {
    if (!wanted.isEmpty()) {
      store.read(
          wanted, (ref, found) -> found.ifPresent(there -> known.put(ref, there.revision())));
    }
  }

  Resolution resolve(NewRevision edit) {
    List<StoredRevision> candidates =
        edit.parent()
            .flatMap(parent -> knownRevision(edit.id(), parent))
            .map(List::of)
            .orElse(List.of());
    return resolve(edit.attachments(), candidates);
  }

  Resolution resolve(ForeignRevision revision) {
    List<StoredRevision> candidates = new ArrayList<>();
    for (RevId rev : revision.path().revisions()) {
      knownRevision(revision.id(), rev).ifPresent(candidates::add);
    }
    candidates.addAll(leaves.getOrDefault(revision.id(), List.of()));
    return switch (resolve(revision.attachments(), candidates)) {
      case Missing missing -> missing;
      case Resolved resolved ->
          new Resolved(placed(resolved.attachments, revision.path().newest().generation()));
    };
  }

  private Optional<StoredRevision> knownRevision(DocId id, RevId rev) {
    return Optional.ofNullable(known.get(new RevisionRef(id, rev)));
  }

  private static Resolution resolve(
      List<AttachmentInput> inputs, List<StoredRevision> candidates) {
    List<AttachmentRef> resolved = new ArrayList<>(inputs.size());
    for (AttachmentInput input : inputs) {
      switch (input) {
        case AttachmentInput.Stored stored -> resolved.add(stored.ref());
        case AttachmentInput.Stub stub -> {
          Optional<AttachmentRef> found = find(stub, candidates);
          if (found.isEmpty()) {
            return new Missing(stub.name());
          }
          resolved.add(found.get());
        }
      }
    }
    return new Resolved(List.copyOf(resolved));
  }

  private static Optional<AttachmentRef> find(
      AttachmentInput.Stub stub, List<StoredRevision> candidates) {
    return candidates.stream()
        .flatMap(candidate -> candidate.attachments().stream())
        .filter(attachment -> attachment.name().equals(stub.name()))
        .filter(attachment -> stub.digest().map(attachment.digest()::equals).orElse(true))
        .findFirst();
  }

  /** The attachments, with new ones (revpos 0) said to have come with the given generation. */
  static List<AttachmentRef> placed(List<AttachmentRef> attachments, int generation) {
    return attachments.stream()
        .map(attachment -> attachment.revpos() > 0 ? attachment : attachment.at(generation))
        .toList();
  }
}
