package org.skerry.postgres.apply;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.skerry.attachment.AttachmentInput;
import org.skerry.database.Author;
import org.skerry.database.Database;
import org.skerry.database.NewRevision;
import org.skerry.database.Settlement;
import org.skerry.database.WriteResult;
import org.skerry.document.AttachmentRef;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.document.RevisionHash;
import org.skerry.postgres.mapping.Deletion;
import org.skerry.postgres.mapping.Mapping;
import org.skerry.postgres.mapping.Orphans;
import org.skerry.postgres.mapping.Table;
import org.skerry.postgres.row.RowReader;
import org.skerry.postgres.row.Shape;
import org.skerry.revision.RevId;
import org.skerry.store.AttachmentStore;
import org.skerry.store.Fields;
import org.skerry.store.RevisionRef;
import org.skerry.store.RevisionWrite;
import org.skerry.store.StoredDocument;
import org.skerry.store.StoredRevision;

/**
 * Settles what no row can show: a document that refers to one which somebody deleted at another
 * place. The rule writes a revision that follows what is there and is named by its content, so
 * every place that comes to it makes the same one; it travels, and becomes a row, as any other.
 *
 * <p>A deletion that waits because rows refer to its own is no reason to do anything: they may be
 * about to be deleted as well. A document that lacks what it refers to is one.
 */
final class OrphanRules {
  /** References are found without knowing the table. */
  private static final Shape NO_COLUMNS = new Shape(Map.of());

  private final Database database;
  private final Mapping mapping;

  OrphanRules(Database database, Mapping mapping) {
    this.database = database;
    this.mapping = mapping;
  }

  /**
   * Settles what rules can.
   *
   * @param lacking documents that are no rows, with those that they refer to and that are none
   * @return why it could not, for people, by those documents for which it should have
   */
  Map<String, String> run(Map<String, Set<String>> lacking) {
    Map<String, String> refused = new HashMap<>();
    lacking.forEach(
        (name, lacks) -> {
          DocId id = DocId.of(name);
          mapping
              .table(id)
              .filter(table -> table.orphans() != Orphans.WAIT)
              .flatMap(table -> settle(table, id, lacks))
              .ifPresent(why -> refused.put(name, why));
        });
    return refused;
  }

  /**
   * Each version may refer to others, and may be newer than the one that lacks something: nothing
   * is done as long as one of them can do without what was deleted.
   */
  private Optional<String> settle(Table table, DocId id, Set<String> lacks) {
    Map<String, StoredDocument> gone = new TreeMap<>();
    lacks.forEach(name -> deleted(name).ifPresent(found -> gone.put(name, found)));
    if (gone.isEmpty()) {
      return Optional.empty();
    }
    RowReader reader = new RowReader(table, NO_COLUMNS);
    Set<RevId> versions = new LinkedHashSet<>();
    Set<String> wanted = new HashSet<>();
    for (StoredRevision version : versions(id)) {
      Set<String> references = reader.references(version.body());
      if (Collections.disjoint(references, gone.keySet())) {
        return Optional.empty();
      }
      versions.add(version.rev());
      wanted.addAll(references);
    }
    gone.keySet().retainAll(wanted);
    if (table.orphans() == Orphans.DELETE) {
      return delete(id, versions).map(why -> "it is not deleted as what it refers to: " + why);
    }
    List<String> refused = new ArrayList<>();
    gone.forEach(
        (name, parent) ->
            restore(parent).ifPresent(why -> refused.add(name + " does not come back: " + why)));
    return refused.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", refused));
  }

  /** What the document says, in each of its versions that nobody deleted. */
  private List<StoredRevision> versions(DocId id) {
    return load(id, new Fields(false, Fields.Bodies.LEAVES))
        .map(StoredDocument::revisions)
        .orElse(List.of())
        .stream()
        .filter(revision -> !revision.deleted())
        .toList();
  }

  private Optional<StoredDocument> load(DocId id, Fields fields) {
    List<StoredDocument> found = new ArrayList<>();
    database.store().load(List.of(id), fields, found::add);
    return found.stream().findFirst();
  }

  /**
   * A document that was there once; one that has not come yet is waited for. Where rows stay and
   * say that they do not count, documents that refer to them go on as their rows do.
   */
  private Optional<StoredDocument> deleted(String name) {
    DocId id = DocId.of(name);
    return mapping
        .table(id)
        .filter(table -> table.deletion() instanceof Deletion.Real)
        .flatMap(table -> load(id, Fields.TREE))
        .filter(StoredDocument::deleted);
  }

  /** What it said before it was deleted; why not, where it does not say that again. */
  private Optional<String> restore(StoredDocument document) {
    RevId tombstone = document.winner().rev();
    Optional<StoredRevision> before = before(document, tombstone);
    if (before.isEmpty()) {
      return Optional.of("what it said is not known here any more");
    }
    List<AttachmentStore.Pin> pins = new ArrayList<>();
    try {
      List<AttachmentInput> attachments = new ArrayList<>();
      for (AttachmentRef attachment : before.get().attachments()) {
        var pin = database.store().attachments().pin(attachment.blob());
        if (pin.isEmpty()) {
          return Optional.of("its attachment " + attachment.name() + " is not here any more");
        }
        pins.add(pin.get());
        attachments.add(new AttachmentInput.Stored(attachment));
      }
      Body body = before.get().body();
      return refusal(
          database.update(
              new NewRevision(document.id(), Optional.of(tombstone), false, body, attachments),
              Author.SYSTEM));
    } finally {
      pins.forEach(AttachmentStore.Pin::close);
    }
  }

  /** What is changed at this moment is no refusal: it is met again. */
  private static Optional<String> refusal(WriteResult result) {
    return switch (result) {
      case WriteResult.Written written -> Optional.empty();
      case WriteResult.Present present -> Optional.empty();
      case WriteResult.Conflict conflict -> Optional.empty();
      case WriteResult.Forbidden(String error, String reason) -> Optional.of(error + ": " + reason);
      case WriteResult.MissingStub stub ->
          Optional.of("its attachment " + stub.attachment() + " is not here");
    };
  }

  private Optional<StoredRevision> before(StoredDocument document, RevId tombstone) {
    List<RevisionRef> ancestors =
        document.tree().flatMap(tree -> tree.path(tombstone)).stream()
            .flatMap(path -> path.revisions().stream().skip(1).limit(1))
            .map(rev -> new RevisionRef(document.id(), rev))
            .toList();
    List<StoredRevision> found = new ArrayList<>();
    database
        .store()
        .read(ancestors, (ref, there) -> there.ifPresent(one -> found.add(one.revision())));
    return found.stream().filter(revision -> !revision.deleted()).findFirst();
  }

  /** Every version of it, or none when others came meanwhile: then it is met again. */
  private Optional<String> delete(DocId id, Set<RevId> versions) {
    List<RevisionWrite.Edit> tombstones = new ArrayList<>();
    for (RevId rev : versions) {
      Optional<RevId> parent = Optional.of(rev);
      RevId next = RevisionHash.next(parent, true, Body.EMPTY, List.of());
      tombstones.add(new RevisionWrite.Edit(id, parent, next, true, Body.EMPTY, List.of()));
    }
    return tombstones.isEmpty()
        ? Optional.empty()
        : refusal(database.settle(new Settlement(id, versions, tombstones), Author.SYSTEM));
  }
}
