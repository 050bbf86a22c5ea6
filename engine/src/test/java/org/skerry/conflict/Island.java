package org.skerry.conflict;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.skerry.attachment.AttachmentInput;
import org.skerry.audit.AuditEvent;
import org.skerry.database.Author;
import org.skerry.database.Database;
import org.skerry.database.Databases;
import org.skerry.database.ForeignRevision;
import org.skerry.database.NewRevision;
import org.skerry.database.WriteResult;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.revision.RevId;
import org.skerry.script.ScriptLimits;
import org.skerry.script.Scripts;
import org.skerry.store.DocRange;
import org.skerry.store.Fields;
import org.skerry.store.MemoryStore;
import org.skerry.store.RevisionRef;
import org.skerry.store.StoredDocument;
import org.skerry.store.StoredRevision;
import org.skerry.store.ordered.MemoryOrderedStore;

/** A node in memory with one database, which meets others. */
final class Island implements AutoCloseable {
  static final Author NURSE = new Author(Optional.of("nurse"), Set.of("ward"));
  private static final Scripts SCRIPTS = new Scripts(ScriptLimits.DEFAULT);

  final MemoryStore store = new MemoryStore();
  final Databases databases = new Databases(store);
  final Database database = databases.create("clinic").orElseThrow();
  final List<AuditEvent> audited = new ArrayList<>();
  final MemoryOrderedStore lists = new MemoryOrderedStore();
  Instant now = Instant.parse("2026-01-01T00:00:00Z");
  final Conflicts conflicts = new Conflicts(databases, lists, SCRIPTS, audited::add, () -> now);

  /** Writes an edit; the text may use apostrophes for quotes. */
  RevId edit(String id, Optional<RevId> parent, String json) {
    WriteResult result =
        database.update(
            new NewRevision(
                DocId.of(id), parent, false, Body.parse(json.replace('\'', '"')), List.of()));
    return ((WriteResult.Written) result).rev();
  }

  RevId create(String id, String json) {
    return edit(id, Optional.empty(), json);
  }

  RevId edit(String id, RevId parent, String json) {
    return edit(id, Optional.of(parent), json);
  }

  void policy(String rules) {
    Optional<RevId> parent = conflicts.policy(database).version();
    edit("_design/conflicts", parent, "{'conflicts':{'rules':" + rules + "}}");
  }

  /** Brings everything here there. */
  void push(Island other) {
    List<StoredDocument> documents = new ArrayList<>();
    database.store().scan(DocRange.ALL, new Fields(true, Fields.Bodies.LEAVES), documents::add);
    for (StoredDocument document : documents) {
      push(other, document);
    }
  }

  /** Brings one document there. */
  void pushOnly(Island other, String id) {
    push(other, document(id));
  }

  private static void push(Island other, StoredDocument document) {
    for (StoredRevision leaf : document.revisions()) {
      other.database.merge(List.of(travelling(document, leaf)));
    }
  }

  private static ForeignRevision travelling(StoredDocument document, StoredRevision revision) {
    return new ForeignRevision(
        document.id(),
        document.tree().orElseThrow().path(revision.rev()).orElseThrow(),
        revision.deleted(),
        revision.body(),
        revision.attachments().stream().<AttachmentInput>map(AttachmentInput.Stored::new).toList());
  }

  /** Every revision of a document of which the content is here, ancestors too. */
  List<ForeignRevision> revisions(String id) {
    StoredDocument document = document(id);
    List<RevisionRef> known =
        document.tree().orElseThrow().revisions().stream()
            .map(rev -> new RevisionRef(document.id(), rev))
            .toList();
    List<ForeignRevision> here = new ArrayList<>();
    database
        .store()
        .read(
            known,
            (ref, there) ->
                there.ifPresent(found -> here.add(travelling(document, found.revision()))));
    return here;
  }

  /** Both ways. */
  void meet(Island other) {
    push(other);
    other.push(this);
  }

  /** Lists and settles what there is. */
  ConflictPage settle() {
    return conflicts.list(database, ConflictQuery.first(100));
  }

  StoredDocument document(String id) {
    List<StoredDocument> found = new ArrayList<>();
    database
        .store()
        .load(List.of(DocId.of(id)), new Fields(true, Fields.Bodies.LEAVES), found::add);
    return found.getFirst();
  }

  /** The winner's body. */
  String body(String id) {
    return document(id).revisions().getFirst().body().toString().replace('"', '\'');
  }

  List<RevId> live(String id) {
    return document(id).leaves().stream()
        .filter(leaf -> !leaf.deleted())
        .map(leaf -> leaf.rev())
        .toList();
  }

  Desk desk() {
    return conflicts.desk(database);
  }

  Desk.Wish wish(String id) {
    return new Desk.Wish(DocId.of(id), Optional.of(Set.copyOf(live(id))), NURSE, Optional.empty());
  }

  @Override
  public void close() {
    conflicts.close();
    store.close();
  }
}
