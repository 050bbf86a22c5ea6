package org.skerry.postgres.apply;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.skerry.attachment.AttachmentInput;
import org.skerry.database.Author;
import org.skerry.database.Database;
import org.skerry.database.NewRevision;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.postgres.mapping.Deletion;
import org.skerry.postgres.mapping.Mapping;
import org.skerry.postgres.mapping.Orphans;
import org.skerry.postgres.mapping.Table;
import org.skerry.revision.Leaf;
import org.skerry.revision.RevId;
import org.skerry.store.Fields;
import org.skerry.store.RevisionRef;
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
   */
  void run(Map<String, Set<String>> lacking) {
    lacking.forEach(
        (name, lacks) -> {
          Orphans rule = mapping.table(DocId.of(name)).map(Table::orphans).orElse(Orphans.WAIT);
          for (String parent : lacks) {
            switch (rule) {
              case WAIT -> {}
              case RESTORE -> deleted(parent).ifPresent(this::restore);
              case DELETE -> deleted(parent).ifPresent(gone -> delete(DocId.of(name)));
            }
          }
        });
  }

  private Optional<StoredDocument> load(DocId id) {
    List<StoredDocument> found = new ArrayList<>();
    database.store().load(List.of(id), Fields.TREE, found::add);
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
        .flatMap(table -> load(id))
        .filter(StoredDocument::deleted);
  }

  /** What it said before it was deleted; nothing can be done where nobody knows any more. */
  private void restore(StoredDocument document) {
    RevId tombstone = document.winner().rev();
    before(document, tombstone)
        .ifPresent(
            content -> {
              List<AttachmentInput> attachments =
                  content.attachments().stream()
                      .<AttachmentInput>map(
                          one ->
                              new AttachmentInput.Stub(
                                  one.name(), Optional.of(one.revpos()), Optional.of(one.digest())))
                      .toList();
              database.update(
                  new NewRevision(
                      document.id(), Optional.of(tombstone), false, content.body(), attachments),
                  Author.SYSTEM);
            });
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

  /** Every version of it; one that somebody changes at this moment is met again. */
  private void delete(DocId id) {
    for (Leaf leaf : load(id).map(StoredDocument::leaves).orElse(List.of())) {
      if (!leaf.deleted()) {
        database.update(
            new NewRevision(id, Optional.of(leaf.rev()), true, Body.EMPTY, List.of()),
            Author.SYSTEM);
      }
    }
  }
}
