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
import java.util.function.UnaryOperator;
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
 * Which documents rows are: what the book knows, and names for those that it does not. These are
 * durable before any document is written. Used once, by one thread.
 *
 * <p>A row that is new and has the name of one that the same transaction deleted (a relation taken
 * away and put back) is that one under another key. One that is new and has the key of another that
 * got a new one stands aside until the book knows that: a line that was put before all others.
 */
final class Recognition {
  /** Begins the id of a row whose key the book still gives to another one. */
  private static final String ASIDE = "\u0003";

  private final Naming naming;
  private final List<Effect> effects;
  private final List<RowRef> references;
  private final Map<RowRef, Entry> entries = new HashMap<>();

  /** The same before anything was named. */
  private final Map<RowRef, Entry> looked = new HashMap<>();

  /** By the keys that rows had before: another row may have such a key now. */
  private final Map<RowRef, Entry> before = new HashMap<>();

  /** Keys of rows that have others now. */
  private final Set<RowRef> left = new HashSet<>();

  /** Rows that transactions made, and that have no name yet. */
  private final Map<Table, Map<RowRef, Row>> fresh = new LinkedHashMap<>();

  private Recognition(Naming naming, List<Effect> effects, List<RowRef> references) {
    this.naming = naming;
    this.effects = effects;
    this.references = references;
  }

  /** What the book knows of the rows. */
  static Recognition look(
      Connection connection, Naming naming, Writers writers, List<Effect> effects)
      throws SQLException {
    List<RowRef> references = new ArrayList<>();
    for (Effect effect : effects) {
      if (effect instanceof Stands stands) {
        references.addAll(
            writers.of(connection, stands.table(), stands.relation()).references(stands.values()));
      }
    }
    Recognition recognition = new Recognition(naming, effects, references);
    recognition.look(connection);
    return recognition;
  }

  private void look(Connection connection) throws SQLException {
    for (Effect effect : effects) {
      if (effect instanceof Stands stands) {
        stands.known().filter(known -> !known.equals(stands.row())).ifPresent(left::add);
      }
    }
    Set<RowRef> wanted = new LinkedHashSet<>(references);
    for (Effect effect : effects) {
      switch (effect) {
        case Stands stands -> wanted.add(place(stands));
        case Gone gone -> wanted.add(gone.known());
        case Effect.Emptied emptied -> {}
      }
    }
    before.putAll(Book.byRow(connection, wanted));
    for (Effect effect : effects) {
      if (effect instanceof Stands stands) {
        Optional<Entry> entry = Optional.ofNullable(before.get(place(stands)));
        if (entry.isPresent()) {
          entries.put(stands.row(), entry.get());
        } else {
          fresh
              .computeIfAbsent(stands.table(), none -> new LinkedHashMap<>())
              .put(stands.row(), stands.values());
        }
      }
    }
    Set<RowRef> made = new HashSet<>();
    fresh.values().forEach(rows -> made.addAll(rows.keySet()));
    for (RowRef reference : references) {
      Optional.ofNullable(before.get(reference))
          .filter(entry -> !made.contains(reference))
          .ifPresent(entry -> entries.putIfAbsent(reference, entry));
    }
    looked.putAll(entries);
  }

  /** Where the book has a row. */
  private RowRef place(Stands stands) {
    return stands.known().orElseGet(() -> place(stands.row()));
  }

  private RowRef place(RowRef made) {
    return left.contains(made) ? new RowRef(made.table(), ASIDE + made.id()) : made;
  }

  /** Whether every row has a name. */
  boolean isComplete() {
    return fresh.isEmpty() && references.stream().allMatch(entries::containsKey);
  }

  /** Names those that have none, in the caller's transaction, which may be tried again. */
  void name(Connection connection) throws SQLException {
    entries.clear();
    entries.putAll(looked);
    for (Map.Entry<Table, Map<RowRef, Row>> table : fresh.entrySet()) {
      Map<RowRef, Row> rows = table.getValue();
      takeOver(connection, table.getKey(), rows);
      Map<RowRef, RowRef> unknown = new LinkedHashMap<>();
      Map<RowRef, Row> known = new HashMap<>(rows);
      rows.forEach(
          (row, values) -> {
            if (!entries.containsKey(row)) {
              unknown.put(place(row), row);
              known.put(place(row), values);
            }
          });
      Map<RowRef, Entry> named = naming.nameNew(connection, unknown.keySet(), known);
      unknown.forEach(
          (place, row) ->
              Optional.ofNullable(named.get(place)).ifPresent(entry -> entries.put(row, entry)));
    }
    List<RowRef> unknown = references.stream().filter(row -> !entries.containsKey(row)).toList();
    if (!unknown.isEmpty()) {
      Map<RowRef, Row> known = new HashMap<>();
      for (Effect effect : effects) {
        if (effect instanceof Stands stands) {
          known.put(stands.row(), stands.values());
        }
      }
      entries.putAll(naming.nameNew(connection, unknown, known));
    }
  }

  /** What is known of the document that a row is; nothing for a row that was never one. */
  Optional<Entry> entry(RowRef row) {
    return Optional.ofNullable(entries.get(row));
  }

  /** What is known of the document that a row was which is gone. */
  Optional<Entry> gone(RowRef row) {
    return Optional.ofNullable(before.get(row));
  }

  /** The id of the document that a row is. */
  Optional<String> name(RowRef row) {
    return entry(row).map(Entry::name);
  }

  private void takeOver(Connection connection, Table table, Map<RowRef, Row> rows)
      throws SQLException {
    Map<String, Entry> free = new HashMap<>();
    for (Effect effect : effects) {
      if (effect instanceof Gone gone && gone.table().equals(table)) {
        gone(gone.known()).ifPresent(entry -> free.put(entry.name(), entry));
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

  /** Rows follow what an earlier first pass wrote before it was broken off. */
  void follow(Connection connection, Documents documents) throws SQLException {
    Set<String> names = new HashSet<>();
    entries.values().forEach(entry -> names.add(entry.name()));
    before.values().forEach(entry -> names.add(entry.name()));
    Map<String, RevId> intended = Intended.of(connection, names);
    if (intended.isEmpty()) {
      return;
    }
    List<RevisionRef> refs = new ArrayList<>();
    intended.forEach((name, rev) -> refs.add(new RevisionRef(DocId.of(name), rev)));
    Set<RevisionRef> written = documents.read(refs).keySet();
    UnaryOperator<Entry> following =
        entry ->
            Optional.ofNullable(intended.get(entry.name()))
                .filter(rev -> written.contains(new RevisionRef(DocId.of(entry.name()), rev)))
                .map(entry::following)
                .orElse(entry);
    entries.replaceAll((row, entry) -> following.apply(entry));
    before.replaceAll((row, entry) -> following.apply(entry));
  }
}
