package org.skerry.postgres.old;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skerry.database.Database;
import org.skerry.document.AttachmentRef;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;
import org.skerry.store.Fields;
import org.skerry.store.RevisionRef;
import org.skerry.store.StoredDocument;
import org.skerry.store.StoredRevision;

/** What documents say, now and in earlier revisions. */
final class Revisions {
  private final Map<String, StoredRevision> winners = new HashMap<>();
  private final Map<RevisionRef, StoredRevision> earlier = new HashMap<>();

  private Revisions() {}

  /** Reads documents, and the revisions of them that a satellite may have. */
  static Revisions of(Database database, Collection<String> documents, Map<String, Known> known) {
    Revisions found = new Revisions();
    List<DocId> ids = documents.stream().map(DocId::of).toList();
    database
        .store()
        .load(
            ids,
            Fields.WINNER,
            document -> {
              found.winners.put(document.id().text(), winner(document));
              return true;
            });
    List<RevisionRef> refs = new ArrayList<>();
    known.forEach(
        (name, one) -> {
          one.seen().ifPresent(at -> refs.add(new RevisionRef(DocId.of(name), at.rev())));
          one.sent().ifPresent(at -> refs.add(new RevisionRef(DocId.of(name), at.rev())));
        });
    database
        .store()
        .read(refs, (ref, there) -> there.ifPresent(one -> found.earlier.put(ref, one.revision())));
    return found;
  }

  static StoredRevision winner(StoredDocument document) {
    return document.revisions().isEmpty()
        ? new StoredRevision(document.winner().rev(), document.deleted(), Body.EMPTY, List.of())
        : document.revisions().getFirst();
  }

  Optional<StoredRevision> winner(String document) {
    return Optional.ofNullable(winners.get(document));
  }

  /** A revision that a satellite may have; nothing when compaction took its body. */
  Optional<StoredRevision> revision(String document, Optional<Known.At> at) {
    return at.map(one -> earlier.get(new RevisionRef(DocId.of(document), one.rev())));
  }

  /** A revision's attachments, which the old engine does not know, stay with what follows it. */
  static List<AttachmentRef> attachments(Optional<StoredRevision> before) {
    return before.map(StoredRevision::attachments).orElse(List.of());
  }

  static Optional<RevId> rev(Optional<StoredRevision> revision) {
    return revision.map(StoredRevision::rev);
  }
}
