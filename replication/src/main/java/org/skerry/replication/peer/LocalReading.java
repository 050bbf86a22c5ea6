package org.skerry.replication.peer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.skerry.attachment.AttachmentForm;
import org.skerry.document.AttachmentRef;
import org.skerry.document.DocId;
import org.skerry.revision.Leaf;
import org.skerry.revision.RevId;
import org.skerry.revision.RevPath;
import org.skerry.store.DamagedRecordException;
import org.skerry.store.DocumentStore;
import org.skerry.store.Fields;
import org.skerry.store.RevisionRef;
import org.skerry.store.RevisionVisitor.Found;
import org.skerry.store.StoredRevision;

/** Reads revisions of a local database for another peer. Used once. */
final class LocalReading {
  private final DocumentStore store;
  private final FetchSink sink;
  private final Map<DocId, List<RevId>> ancestors = new HashMap<>();
  private final List<RevisionRef> gone = new ArrayList<>();

  LocalReading(DocumentStore store, FetchSink sink) {
    this.store = store;
    this.sink = sink;
  }

  void read(List<MissingRevisions> wanted) {
    List<RevisionRef> refs = new ArrayList<>();
    for (MissingRevisions one : wanted) {
      ancestors.put(one.id(), one.possibleAncestors());
      one.revs().forEach(rev -> refs.add(new RevisionRef(one.id(), rev)));
    }
    read(refs, gone::add);
    if (!gone.isEmpty()) {
      readFollowers();
    }
  }

  /**
   * Of revisions whose bodies are gone since the feed named them, the leaves that followed them.
   */
  private void readFollowers() {
    List<RevisionRef> followers = new ArrayList<>();
    for (RevisionRef ref : gone) {
      try {
        List<RevId> found = followers(ref);
        if (found.isEmpty()) {
          sink.unreadable(ref.id(), ref.rev(), "missing");
        }
        found.forEach(rev -> followers.add(new RevisionRef(ref.id(), rev)));
      } catch (DamagedRecordException e) {
        damaged(ref, e);
      }
    }
    read(
        followers.stream().distinct().toList(),
        ref -> sink.unreadable(ref.id(), ref.rev(), "missing"));
  }

  /** Gives what is there. What is damaged is said, and read no more: others can be. */
  private void read(List<RevisionRef> refs, Consumer<RevisionRef> missing) {
    AtomicInteger done = new AtomicInteger();
    while (done.get() < refs.size()) {
      try {
        store.read(
            refs.subList(done.get(), refs.size()),
            (ref, found) -> {
              found.ifPresentOrElse(f -> give(ref.id(), f), () -> missing.accept(ref));
              done.incrementAndGet(); // behind it: what is damaged meanwhile is this one
            });
      } catch (DamagedRecordException e) {
        damaged(refs.get(done.getAndIncrement()), e);
      }
    }
  }

  private void damaged(RevisionRef ref, DamagedRecordException e) {
    sink.unreadable(ref.id(), ref.rev(), String.valueOf(e.getMessage()));
  }

  private List<RevId> followers(RevisionRef ref) {
    List<RevId> found = new ArrayList<>();
    store.load(
        List.of(ref.id()),
        Fields.TREE,
        document ->
            document
                .tree()
                .map(tree -> tree.leavesOf(ref.rev()))
                .map(leaves -> found.addAll(leaves.stream().map(Leaf::rev).toList()))
                .orElse(false));
    return found;
  }

  private void give(DocId id, Found found) {
    StoredRevision revision = found.revision();
    if (revision.attachments().isEmpty()) {
      sink.revision(form(id, found, AttachmentForm.STUBS));
      return;
    }
    Predicate<AttachmentRef> lacking = lacking(found.path(), ancestors.getOrDefault(id, List.of()));
    if (revision.attachments().stream().noneMatch(lacking)) {
      sink.revision(form(id, found, AttachmentForm.STUBS));
    } else {
      giveWithBytes(id, found, new AttachmentForm.Follows(lacking));
    }
  }

  private void giveWithBytes(DocId id, Found found, AttachmentForm form) {
    StoredBytes bytes = new StoredBytes(store.attachments(), found.revision().attachments());
    try {
      sink.withAttachments(form(id, found, form), bytes);
    } catch (RuntimeException e) {
      // However the other end says that it broke off: here is why.
      damaged(new RevisionRef(id, found.revision().rev()), bytes.damage().orElseThrow(() -> e));
    }
  }

  private static FetchedRevision form(DocId id, Found found, AttachmentForm form) {
    return new FetchedRevision.AsStored(id, found.revision(), found.path(), form);
  }

  /** Attachments that came after the newest revision that the other end has of this branch. */
  private static Predicate<AttachmentRef> lacking(RevPath path, List<RevId> known) {
    Optional<RevId> newest = path.revisions().stream().filter(known::contains).findFirst();
    int generation = newest.map(RevId::generation).orElse(0);
    return attachment -> attachment.revpos() > generation;
  }
}
