package org.skerry.database;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.skerry.attachment.AttachmentInput;
import org.skerry.document.AttachmentRef;
import org.skerry.document.BlobId;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;
import org.skerry.store.AttachmentStore;
import org.skerry.store.DocumentStore;
import org.skerry.store.Fields;
import org.skerry.store.RevisionRef;
import org.skerry.store.StoredRevision;

/**
 * Turns stubs into the attachments that they stand for: for an edit those of its parent, for a
 * foreign revision those of its nearest ancestor with a body here, or else of any leaf that has the
 * same bytes.
 *
 * <p>Everything that a batch needs is read at once, and nothing is read when there are no stubs.
 *
 * <p>What a foreign revision's stub was found to be may be named by a superseded revision only,
 * which a compaction removes with its attachments; so its bytes are pinned until this is closed,
 * after the commit. An edit needs no pins: its parent is a leaf when it is committed, and was one
 * all the time.
 */
final class StubResolver implements AutoCloseable {
  /** Either all attachments of a revision, or the first that nobody knows. */
  sealed interface Resolution {}

  record Resolved(List<AttachmentRef> attachments) implements Resolution {}

  record Missing(String attachment) implements Resolution {}

  private final AttachmentStore attachments;
  private final Map<RevisionRef, StoredRevision> known = new HashMap<>();
  private final Map<DocId, List<StoredRevision>> leaves = new HashMap<>();
  private final Map<BlobId, AttachmentStore.Pin> held = new HashMap<>();

  private StubResolver(DocumentStore store) {
    this.attachments = store.attachments();
  }

  static StubResolver ofEdits(DocumentStore store, List<NewRevision> edits) {
    List<RevisionRef> wanted = new ArrayList<>();
    for (NewRevision edit : edits) {
      if (hasStub(edit.attachments())) {
        edit.parent().ifPresent(parent -> wanted.add(new RevisionRef(edit.id(), parent)));
      }
    }
    StubResolver resolver = new StubResolver(store);
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
    StubResolver resolver = new StubResolver(store);
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

  static boolean hasStub(List<AttachmentInput> attachments) {
    for (AttachmentInput attachment : attachments) {
      if (attachment instanceof AttachmentInput.Stub) {
        return true;
      }
    }
    return false;
  }

  private void read(DocumentStore store, List<RevisionRef> wanted) {
    if (!wanted.isEmpty()) {
      store.read(
          wanted, (ref, found) -> found.ifPresent(there -> known.put(ref, there.revision())));
    }
  }

  Resolution resolve(NewRevision edit) {
    Optional<StoredRevision> parent = edit.parent().flatMap(rev -> knownRevision(edit.id(), rev));
    return resolve(
        edit.attachments(),
        stub -> named(stub, parent.stream()).filter(found -> isMeant(stub, found)).findFirst());
  }

  Resolution resolve(ForeignRevision revision) {
    List<StoredRevision> branch = new ArrayList<>();
    for (RevId rev : revision.path().revisions()) {
      knownRevision(revision.id(), rev).ifPresent(branch::add);
    }
    List<StoredRevision> others = leaves.getOrDefault(revision.id(), List.of());
    Resolution resolution =
        resolve(
            revision.attachments(),
            stub ->
                Stream.concat(
                        named(stub, branch.stream()).filter(found -> isMeant(stub, found)),
                        named(stub, others.stream()).filter(found -> isSame(stub, found)))
                    .filter(this::hold)
                    .findFirst());
    return switch (resolution) {
      case Missing missing -> missing;
      case Resolved resolved ->
          new Resolved(placed(resolved.attachments, revision.path().newest().generation()));
    };
  }

  private static Stream<AttachmentRef> named(
      AttachmentInput.Stub stub, Stream<StoredRevision> revisions) {
    return revisions
        .flatMap(revision -> revision.attachments().stream())
        .filter(attachment -> attachment.name().equals(stub.name()));
  }

  /** On its own branch a stub says enough with its digest, with its revpos, or with nothing. */
  private static boolean isMeant(AttachmentInput.Stub stub, AttachmentRef found) {
    boolean saysNothing = stub.digest().isEmpty() && stub.revpos().isEmpty();
    return saysNothing
        || isSame(stub, found)
        || stub.revpos().map(revpos -> revpos == found.revpos()).orElse(false);
  }

  private static boolean isSame(AttachmentInput.Stub stub, AttachmentRef found) {
    return stub.digest().map(found.digest()::equals).orElse(false);
  }

  /** Keeps the bytes from being swept; false when they were already. */
  private boolean hold(AttachmentRef attachment) {
    BlobId blob = attachment.blob();
    if (!held.containsKey(blob)) {
      attachments.pin(blob).ifPresent(pin -> held.put(blob, pin));
    }
    return held.containsKey(blob);
  }

  private Optional<StoredRevision> knownRevision(DocId id, RevId rev) {
    return Optional.ofNullable(known.get(new RevisionRef(id, rev)));
  }

  private static Resolution resolve(
      List<AttachmentInput> inputs,
      Function<AttachmentInput.Stub, Optional<AttachmentRef>> search) {
    List<AttachmentRef> resolved = new ArrayList<>(inputs.size());
    for (AttachmentInput input : inputs) {
      switch (input) {
        case AttachmentInput.Stored stored -> resolved.add(stored.ref());
        case AttachmentInput.Stub stub -> {
          Optional<AttachmentRef> found = search.apply(stub);
          if (found.isEmpty()) {
            return new Missing(stub.name());
          }
          resolved.add(found.get());
        }
      }
    }
    return new Resolved(List.copyOf(resolved));
  }

  /** The attachments, with new ones (revpos 0) said to have come with the given generation. */
  static List<AttachmentRef> placed(List<AttachmentRef> attachments, int generation) {
    List<AttachmentRef> placed = new ArrayList<>(attachments.size());
    for (AttachmentRef attachment : attachments) {
      placed.add(attachment.revpos() > 0 ? attachment : attachment.at(generation));
    }
    return List.copyOf(placed);
  }

  @Override
  public void close() {
    held.values().forEach(AttachmentStore.Pin::close);
  }
}
