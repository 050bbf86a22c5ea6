package org.skerry.fhir.rest.history;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.skerry.document.DocId;
import org.skerry.fhir.resource.NoResourceException;
import org.skerry.fhir.resource.ResourceId;
import org.skerry.fhir.resource.ResourceText;
import org.skerry.revision.RevId;
import org.skerry.revision.RevTree;
import org.skerry.store.DocumentStore;
import org.skerry.store.Fields;
import org.skerry.store.RevisionRef;
import org.skerry.store.RevisionVisitor.Found;
import org.skerry.store.StoredDocument;
import org.skerry.store.StoredRevision;

/** The versions of one resource, those of losing branches included. */
final class Versions {
  private static final String REMOVED = "Compaction has removed the content of this version";

  private Versions() {}

  /** All known revisions, newest first; nothing when the document is unknown. */
  static List<RevId> of(DocumentStore store, DocId id) {
    StoredDocument[] found = new StoredDocument[1];
    store.load(
        List.of(id),
        Fields.TREE,
        document -> {
          found[0] = document;
          return true;
        });
    return found[0] == null
        ? List.of()
        : found[0].tree().map(RevTree::revisions).orElse(List.of()).stream().distinct().toList();
  }

  /** Adds versions to a bundle, unless they say that they are older than wanted. */
  static void add(
      HistorySet set, DocumentStore store, ResourceId id, List<RevId> revs, HistoryQuery query) {
    store.read(
        revs.stream().map(rev -> new RevisionRef(id.document(), rev)).toList(),
        (ref, found) -> add(set, id, ref.rev(), found, query));
  }

  private static void add(
      HistorySet set, ResourceId id, RevId rev, Optional<Found> found, HistoryQuery query) {
    if (found.isEmpty()) {
      // Nobody knows when it was written: it was before what compaction kept.
      if (query.since().isEmpty()) {
        set.addWithout(id, rev, REMOVED);
      }
      return;
    }
    StoredRevision revision = found.get().revision();
    try {
      ResourceText text = ResourceText.of(id, revision);
      Optional<Instant> at = text.lastUpdated();
      boolean old = at.isPresent() && query.since().filter(at.get()::isBefore).isPresent();
      if (old) {
        return;
      }
      if (revision.deleted()) {
        set.addDeletion(id, rev, at);
      } else {
        set.add(text);
      }
    } catch (NoResourceException e) {
      if (revision.deleted()) {
        set.addDeletion(id, rev, Optional.empty());
      } else {
        set.addWithout(id, rev, String.valueOf(e.getMessage()));
      }
    }
  }
}
