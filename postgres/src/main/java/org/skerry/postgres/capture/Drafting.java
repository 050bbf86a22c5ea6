package org.skerry.postgres.capture;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.skerry.document.DocId;
import org.skerry.postgres.book.Entry;
import org.skerry.postgres.book.LiveRows;
import org.skerry.postgres.capture.Draft.Content;
import org.skerry.postgres.capture.Effect.Gone;
import org.skerry.postgres.capture.Effect.Stands;
import org.skerry.postgres.mapping.Column;
import org.skerry.postgres.mapping.Mapping;
import org.skerry.postgres.mapping.Table;
import org.skerry.postgres.row.Rendered;
import org.skerry.postgres.row.Row;
import org.skerry.postgres.row.RowRef;
import org.skerry.postgres.row.RowWriter;
import org.skerry.store.RevisionRef;

/**
 * Decides for the rows of one transaction which revisions they become, and what the book will know
 * of them. Used once, by one thread.
 *
 * <ul>
 *   <li>A row that says what it said becomes nothing, and the book notes that it does.
 *   <li>A row that shows a revision becomes one that follows it.
 *   <li>A row that shows none, whose document is here and says the same, shows that.
 *   <li>Any other begins a branch of its own: where its document is here, that is a conflict.
 * </ul>
 */
final class Drafting {
  private final Mapping mapping;
  private final Documents documents;
  private final Recognition recognition;
  private final Map<String, Entry> after = new LinkedHashMap<>();
  private final List<Draft> drafts = new ArrayList<>();
  private final Map<RevisionRef, Content> contents = new HashMap<>();
  private final Map<DocId, Documents.Winner> winners = new HashMap<>();
  private int unchanged;

  Drafting(Mapping mapping, Documents documents, Recognition recognition) {
    this.mapping = mapping;
    this.documents = documents;
    this.recognition = recognition;
  }

  /** What is to be written. */
  List<Draft> drafts() {
    return drafts;
  }

  /** What the book is to know, by document. */
  Map<String, Entry> after() {
    return after;
  }

  int unchanged() {
    return unchanged;
  }

  void draft(Connection connection, Writers writers, List<Effect> effects) throws SQLException {
    lookUp(effects);
    Set<String> standing = new HashSet<>();
    for (Effect effect : effects) {
      if (effect instanceof Stands stands) {
        recognition.name(stands.row()).ifPresent(standing::add);
      }
    }
    for (Effect effect : effects) {
      switch (effect) {
        case Stands stands -> stands(connection, writers, stands);
        case Gone gone ->
            recognition
                .gone(gone.known())
                .filter(entry -> !standing.contains(entry.name()))
                .ifPresent(entry -> gone(gone.known(), entry));
        case Effect.Emptied emptied -> {}
      }
    }
  }

  private void lookUp(List<Effect> effects) {
    Set<RevisionRef> shown = new LinkedHashSet<>();
    Set<DocId> unseen = new LinkedHashSet<>();
    for (Effect effect : effects) {
      Optional<Entry> entry =
          switch (effect) {
            case Stands stands -> recognition.entry(stands.row());
            case Gone gone -> recognition.gone(gone.known());
            case Effect.Emptied emptied -> Optional.empty();
          };
      entry.ifPresent(
          known ->
              shown(known).ifPresentOrElse(shown::add, () -> unseen.add(DocId.of(known.name()))));
    }
    contents.putAll(documents.read(shown));
    winners.putAll(documents.winners(unseen));
  }

  private static Optional<RevisionRef> shown(Entry entry) {
    return entry.rev().map(rev -> new RevisionRef(DocId.of(entry.name()), rev));
  }

  private Optional<Content> previous(Entry entry) {
    return shown(entry).map(contents::get);
  }

  private void stands(Connection connection, Writers writers, Stands stands) throws SQLException {
    Entry entry = recognition.entry(stands.row()).orElseThrow();
    Optional<Content> previous = previous(entry);
    RowWriter writer = writers.of(connection, stands.table(), stands.relation());
    Row row = previous.isPresent() ? stands.values() : filled(connection, stands);
    Rendered rendered = writer.render(row, recognition::name, previous.map(Content::body));
    String hash = rendered.hash();
    boolean deleted = SoftDeletion.isDeleted(stands.table(), row);
    Content content =
        new Content(
            deleted,
            rendered.body(previous.map(Content::body)),
            previous.map(Content::attachments).orElse(List.of()));
    if (entry.rev().isPresent()) {
      if (isSaid(entry, previous, rendered, hash, deleted)) {
        unchanged(entry.showing(stands.row().id(), entry.rev().get(), hash));
      } else {
        change(stands.row(), entry, content, hash);
      }
      return;
    }
    Optional<Documents.Winner> winner = Optional.ofNullable(winners.get(DocId.of(entry.name())));
    if (winner.filter(there -> says(there.content(), rendered.members(), deleted)).isPresent()) {
      unchanged(entry.showing(stands.row().id(), winner.get().rev(), hash));
    } else if (deleted && winner.isEmpty()) {
      unchanged++;
    } else {
      change(stands.row(), entry, content, hash);
    }
  }

  private void unchanged(Entry now) {
    unchanged++;
    after.put(now.name(), now);
  }

  private void change(RowRef row, Entry entry, Content content, String hash) {
    Draft draft = Draft.of(row, entry.name(), entry.rev(), content);
    drafts.add(draft);
    after.put(entry.name(), entry.showing(row.id(), draft.rev(), hash));
  }

  private static boolean isSaid(
      Entry entry, Optional<Content> previous, Rendered rendered, String hash, boolean deleted) {
    if (previous.isEmpty()) {
      // Compaction took its body; the hash is of what the row said then.
      return !deleted && hash.equals(entry.hash());
    }
    // A row that was hidden stays hidden, whatever else is written into it.
    return previous.get().deleted() && deleted
        || previous.get().deleted() == deleted
            && (hash.equals(entry.hash()) || says(previous.get(), rendered.members(), deleted));
  }

  private static boolean says(Content content, Map<String, String> members, boolean deleted) {
    return content.deleted() == deleted && (deleted || Sameness.says(content.body(), members));
  }

  /** What the log did not repeat, and no document knows: as the row is now. */
  private Row filled(Connection connection, Stands stands) throws SQLException {
    Table table = stands.table();
    List<String> missing =
        table.columns().stream()
            .map(Column::name)
            .filter(name -> !stands.values().has(name) && stands.relation().place(name).isPresent())
            .toList();
    if (missing.isEmpty()) {
      return stands.values();
    }
    Row.Builder row = Row.builder();
    LiveRows.read(connection, mapping.schema(), table, missing, List.of(stands.row()))
        .values()
        .forEach(
            live -> live.columns().forEach((name, value) -> row.put(name, value.orElse(null))));
    stands.values().columns().forEach((name, value) -> row.put(name, value.orElse(null)));
    return row.build();
  }

  private void gone(RowRef row, Entry entry) {
    if (entry.rev().isEmpty()) {
      // It never became a document.
      after.put(entry.name(), entry.unwritten());
      return;
    }
    boolean isDeleted = previous(entry).filter(Content::deleted).isPresent();
    if (isDeleted) {
      unchanged(entry.gone(entry.rev().get()));
      return;
    }
    Draft draft = Draft.of(row, entry.name(), entry.rev(), Content.DELETED);
    drafts.add(draft);
    after.put(entry.name(), entry.gone(draft.rev()));
  }
}
