package org.skerry.postgres.capture;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.skerry.document.DocId;
import org.skerry.postgres.book.Book;
import org.skerry.postgres.book.Entry;
import org.skerry.postgres.book.Naming;
import org.skerry.postgres.capture.Effect.Gone;
import org.skerry.postgres.capture.Effect.Stands;
import org.skerry.postgres.mapping.RowName;
import org.skerry.postgres.mapping.Table;
import org.skerry.postgres.row.Row;
import org.skerry.postgres.row.RowRef;
import org.skerry.revision.RevId;
import org.skerry.store.RevisionRef;

/**
 * Which documents rows are: what the book knows, and names for those that it does not. In its
 * caller's transaction, which is durable before any document is written.
 *
 * <p>A row that is new and has the name of one that the same transaction deleted (a relation taken
 * away and put back) is that one under another key.
 */
final class Recognition {
  private final Map<RowRef, Entry> entries = new HashMap<>();

  private Recognition() {}

  static Recognition of(Connection connection, Naming naming, Writers writers, List<Effect> effects)
      throws SQLException {
    Recognition recognition = new Recognition();
    recognition.recognise(connection, naming, effects);
    recognition.nameReferences(connection, naming, writers, effects);
    return recognition;
  }

  /** What is known of the document that a row is; nothing for a row that was never one. */
  Optional<Entry> entry(RowRef row) {
    return Optional.ofNullable(entries.get(row));
  }

  /** The id of the document that a row is. */
  Optional<String> name(RowRef row) {
    return entry(row).map(Entry::name);
  }

  private void recognise(Connection connection, Naming naming, List<Effect> effects)
      throws SQLException {
    Set<RowRef> known = new LinkedHashSet<>();
    for (Effect effect : effects) {
      switch (effect) {
        case Stands stands -> stands.known().ifPresent(known::add);
        case Gone gone -> known.add(gone.known());
        case Effect.Emptied emptied -> {}
      }
    }
    Map<RowRef, Entry> found = Book.byRow(connection, known);
    Map<Table, Map<RowRef, Row>> fresh = new LinkedHashMap<>();
    for (Effect effect : effects) {
      switch (effect) {
        case Stands stands ->
            stands
                .known()
                .map(found::get)
                .ifPresentOrElse(
                    entry -> entries.put(stands.row(), entry),
                    () ->
                        fresh
                            .computeIfAbsent(stands.table(), none -> new LinkedHashMap<>())
                            .put(stands.row(), stands.values()));
        case Gone gone ->
            Optional.ofNullable(found.get(gone.known()))
                .ifPresent(entry -> entries.putIfAbsent(gone.known(), entry));
        case Effect.Emptied emptied -> {}
      }
    }
    for (Map.Entry<Table, Map<RowRef, Row>> table : fresh.entrySet()) {
      Map<RowRef, Row> rows = table.getValue();
      takeOver(connection, naming, table.getKey(), rows, effects);
      List<RowRef> unknown =
          rows.keySet().stream().filter(row -> !entries.containsKey(row)).toList();
      entries.putAll(naming.name(connection, unknown, rows));
    }
  }

  private void takeOver(
      Connection connection,
      Naming naming,
      Table table,
      Map<RowRef, Row> rows,
      List<Effect> effects)
      throws SQLException {
    Map<String, Entry> free = new HashMap<>();
    for (Effect effect : effects) {
      if (effect instanceof Gone gone && gone.table().equals(table)) {
        entry(gone.known()).ifPresent(entry -> free.put(entry.name(), entry));
      }
    }
    if (free.isEmpty() || table.rowName() instanceof RowName.Uuid) {
      return;
    }
    naming
        .wanted(connection, table, List.copyOf(rows.keySet()), rows)
        .forEach(
            (row, name) ->
                Optional.ofNullable(free.remove(name)).ifPresent(entry -> entries.put(row, entry)));
  }

  private void nameReferences(
      Connection connection, Naming naming, Writers writers, List<Effect> effects)
      throws SQLException {
    Map<RowRef, Row> known = new HashMap<>();
    List<RowRef> references = new ArrayList<>();
    for (Effect effect : effects) {
      if (effect instanceof Stands stands) {
        known.put(stands.row(), stands.values());
        references.addAll(
            writers.of(connection, stands.table(), stands.relation()).references(stands.values()));
      }
    }
    references.removeIf(entries::containsKey);
    if (!references.isEmpty()) {
      entries.putAll(naming.name(connection, references, known));
    }
  }

  /** Rows follow what an earlier first pass wrote before it was broken off. */
  void follow(Connection connection, Documents documents) throws SQLException {
    Map<String, RevId> intended =
        Intended.of(connection, entries.values().stream().map(Entry::name).toList());
    if (intended.isEmpty()) {
      return;
    }
    List<RevisionRef> refs = new ArrayList<>();
    intended.forEach((name, rev) -> refs.add(new RevisionRef(DocId.of(name), rev)));
    Set<RevisionRef> written = documents.read(refs).keySet();
    entries.replaceAll(
        (row, entry) ->
            Optional.ofNullable(intended.get(entry.name()))
                .filter(rev -> written.contains(new RevisionRef(DocId.of(entry.name()), rev)))
                .map(entry::following)
                .orElse(entry));
  }
}
