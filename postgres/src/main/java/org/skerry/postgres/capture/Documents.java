package org.skerry.postgres.capture;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skerry.attachment.AttachmentInput;
import org.skerry.database.Author;
import org.skerry.database.Database;
import org.skerry.database.ForeignRevision;
import org.skerry.database.TogetherResult;
import org.skerry.database.WriteResult;
import org.skerry.document.AttachmentRef;
import org.skerry.document.DocId;
import org.skerry.document.RevisionHash;
import org.skerry.postgres.capture.Draft.Content;
import org.skerry.revision.RevId;
import org.skerry.revision.RevPath;
import org.skerry.store.Fields;
import org.skerry.store.RevisionRef;
import org.skerry.store.StoredRevision;

/** The satellite's database, as capture reads and writes it. Any thread. */
final class Documents {
  private final Database database;
  private final boolean together;

  /**
   * A satellite's documents.
   *
   * @param together whether the store writes several documents all or none
   */
  Documents(Database database, boolean together) {
    this.database = database;
    this.together = together;
  }

  /** Revisions that are known here with their contents. */
  Map<RevisionRef, Content> read(Collection<RevisionRef> revisions) {
    Map<RevisionRef, Content> contents = new HashMap<>();
    if (!revisions.isEmpty()) {
      database
          .store()
          .read(
              List.copyOf(revisions),
              (ref, found) ->
                  found.ifPresent(there -> contents.put(ref, content(there.revision()))));
    }
    return contents;
  }

  /** The winners of documents that are here. */
  Map<DocId, Winner> winners(Collection<DocId> ids) {
    Map<DocId, Winner> winners = new HashMap<>();
    if (!ids.isEmpty()) {
      database
          .store()
          .load(
              List.copyOf(ids),
              Fields.WINNER,
              document -> {
                StoredRevision winner = document.revisions().getFirst();
                winners.put(document.id(), new Winner(winner.rev(), content(winner)));
                return true;
              });
    }
    return winners;
  }

  /** What is shown of a document. */
  record Winner(RevId rev, Content content) {}

  private static Content content(StoredRevision revision) {
    return new Content(revision.deleted(), revision.body(), revision.attachments());
  }

  /**
   * Writes revisions of different documents, all at once; durable on return.
   *
   * @return why some of them may not be written; the others are
   */
  Map<DocId, String> write(List<Draft> drafts) {
    Map<DocId, String> refused = new LinkedHashMap<>();
    List<Draft> left = new ArrayList<>(drafts);
    while (!left.isEmpty()) {
      List<ForeignRevision> revisions = left.stream().map(Documents::revision).toList();
      if (!together) {
        List<WriteResult> results = database.merge(revisions, Author.SYSTEM);
        for (int i = 0; i < results.size(); i++) {
          DocId id = left.get(i).id();
          refusal(results.get(i)).ifPresent(reason -> refused.put(id, reason));
        }
        break;
      }
      switch (database.mergeTogether(revisions, Author.SYSTEM)) {
        case TogetherResult.Written written -> left.clear();
        case TogetherResult.Refused(int index, WriteResult why) ->
            refused.put(left.remove(index).id(), refusal(why).orElseThrow());
      }
    }
    return refused;
  }

  private static ForeignRevision revision(Draft draft) {
    return new ForeignRevision(
        draft.id(),
        draft
            .parent()
            .map(parent -> RevPath.of(draft.rev(), parent))
            .orElseGet(() -> RevPath.of(draft.rev())),
        draft.content().deleted(),
        draft.content().body(),
        draft.content().attachments().stream()
            .<AttachmentInput>map(
                one ->
                    new AttachmentInput.Stub(
                        one.name(), Optional.of(one.revpos()), Optional.of(one.digest())))
            .toList());
  }

  private static Optional<String> refusal(WriteResult result) {
    return switch (result) {
      case WriteResult.Written written -> Optional.empty();
      case WriteResult.Present present -> Optional.empty();
      case WriteResult.Forbidden(String error, String reason) -> Optional.of(reason);
      case WriteResult.MissingStub(DocId id, String attachment) ->
          Optional.of("its attachment " + attachment + " is gone");
      case WriteResult.Conflict conflict ->
          throw new IllegalStateException("a merge was called a conflict: " + conflict);
    };
  }

  /** The name of the revision that follows another with this content. */
  static RevId name(Optional<RevId> parent, Content content) {
    List<AttachmentRef> attachments = content.attachments();
    return RevisionHash.next(parent, content.deleted(), content.body(), attachments);
  }
}
