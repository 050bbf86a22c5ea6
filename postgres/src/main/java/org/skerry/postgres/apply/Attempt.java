package org.skerry.postgres.apply;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.skerry.postgres.access.Together;
import org.skerry.postgres.book.Book;
import org.skerry.postgres.book.Entry;
import org.skerry.postgres.book.LiveRows;
import org.skerry.postgres.mapping.Deletion;
import org.skerry.postgres.mapping.Table;
import org.skerry.postgres.row.Row;
import org.skerry.postgres.row.RowReader;
import org.skerry.postgres.row.RowRef;
import org.skerry.postgres.row.RowWriter;

/**
 * Writes documents as rows with as few statements as there are tables. It may fail in the middle;
 * then the caller takes back what it did, and nothing of this object is used any more.
 */
final class Attempt {
  private final Connection connection;
  private final Live live;
  private final Numbers numbers;
  private final Places places;
  private final Map<String, Entry> known;
  private final Set<String> later;

  /** What the book is to say; written at the end. */
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  private final Map<String, Set<String>> lacking = new LinkedHashMap<>();
  private final Map<String, String> unfit = new LinkedHashMap<>();
  private final Set<String> needed = new HashSet<>();
  private final List<Showing> unfinished = new ArrayList<>();
  private long inserted;
  private long updated;
  private long deleted;

  /**
   * An attempt.
   *
   * @param known what the book says of the documents
   * @param later documents whose rows are made later in the same transaction
   */
  Attempt(
      Connection connection,
      Live live,
      Numbers numbers,
      Places places,
      Map<String, Entry> known,
      Set<String> later) {
    this.connection = connection;
    this.live = live;
    this.numbers = numbers;
    this.places = places;
    this.known = known;
    this.later = later;
  }

  /** Documents that refer to what is no row, and to what. */
  Map<String, Set<String>> lacking() {
    return lacking;
  }

  /** Documents that can be no rows, and why. */
  Map<String, String> unfit() {
    return unfit;
  }

  /** Documents whose rows are to go, and others refer to them. */
  Set<String> needed() {
    return needed;
  }

  /** Documents whose rows lack what comes later. */
  List<Showing> unfinished() {
    return unfinished;
  }

  Collection<Entry> entries() {
    return entries.values();
  }

  Tally tally() {
    return new Tally(inserted, updated, deleted, 0, 0);
  }

  /**
   * Writes documents.
   *
   * @param documents in their order
   */
  void write(List<Showing> documents) throws SQLException {
    Set<String> wanted = new HashSet<>();
    Map<Table, List<Showing>> shown = new LinkedHashMap<>();
    Map<Table, List<Showing>> gone = new LinkedHashMap<>();
    for (Showing document : documents) {
      Map<Table, List<Showing>> group = document.deleted() ? gone : shown;
      group.computeIfAbsent(document.table(), none -> new ArrayList<>()).add(document);
      if (!document.deleted()) {
        wanted.add(document.name());
        wanted.addAll(live.reader(document.table()).references(document.body()));
      }
    }
    places.load(wanted);
    for (Map.Entry<Table, List<Showing>> table : shown.entrySet()) {
      show(table.getKey(), table.getValue());
    }
    for (Map.Entry<Table, List<Showing>> table : gone.entrySet()) {
      remove(table.getKey(), table.getValue());
    }
    if (!entries.isEmpty()) {
      // What would be checked at the commit is checked here, while a row can still be told apart.
      Together last = new Together();
      last.add("SET CONSTRAINTS ALL IMMEDIATE").add("SET CONSTRAINTS ALL DEFERRED");
      Book.put(last, entries.values());
      last.run(connection);
    }
  }

  private void show(Table table, List<Showing> documents) throws SQLException {
    Optional<TableWriter> writer = live.writer(table);
    if (writer.isEmpty()) {
      documents.forEach(
          one -> unfit.put(one.name(), "there is no table " + table.name() + " any more"));
      return;
    }
    miss(table, documents);
    List<Showing> fresh =
        documents.stream().filter(one -> places.row(one.name()).isEmpty()).toList();
    NewKeys keys = new NewKeys(connection, table, writer.get().key(), live.reader(table), places);
    Set<String> made = keys.give(fresh);
    List<Draft> inserts = new ArrayList<>();
    List<Draft> updates = new ArrayList<>();
    for (Showing document : documents) {
      Optional<Draft> draft =
          places.row(document.name()).isPresent()
              ? draft(table, document)
              : keyless(table, document, keys);
      draft.ifPresent(row -> (made.contains(document.name()) ? inserts : updates).add(row));
    }
    numbers.pass(table, Stream.concat(inserts.stream(), updates.stream()).map(Draft::row).toList());
    Map<String, TableWriter.Written> rows = writer.get().insert(connection, inserts);
    inserted += inserts.size();
    note(table, inserts, rows);
    rows = writer.get().update(connection, updates);
    updated += updates.size();
    note(table, updates, rows);
  }

  /** Where nobody captures what the application deletes, rows that are gone are made anew. */
  private void miss(Table table, List<Showing> documents) throws SQLException {
    Map<RowRef, Showing> rows = new LinkedHashMap<>();
    if (!table.mode().pushes()) {
      documents.forEach(one -> places.row(one.name()).ifPresent(row -> rows.put(row, one)));
    }
    LiveRows.read(connection, live.schema(), table, List.of(), rows.keySet())
        .keySet()
        .forEach(rows::remove);
    for (Showing document : rows.values()) {
      places.forget(document.name());
      entries.put(document.name(), entry(document).lost());
    }
  }

  /** A new row whose key is not known: what that is made of may not be here yet. */
  private Optional<Draft> keyless(Table table, Showing document, NewKeys keys) {
    switch (live.reader(table).read(document.body(), places)) {
      case RowReader.Reading.Fits fits -> unfit.put(document.name(), keys.refusal(document));
      case RowReader.Reading.Lacks(Set<String> names) -> lacking.put(document.name(), names);
      case RowReader.Reading.Unfit(List<String> problems) ->
          unfit.put(document.name(), String.join("; ", problems));
    }
    return Optional.empty();
  }

  private Optional<Draft> draft(Table table, Showing document) {
    RowRef row = places.row(document.name()).orElseThrow();
    return switch (live.reader(table).read(document.body(), places, later)) {
      case RowReader.Reading.Fits(Row values) -> {
        boolean complete =
            live.reader(table).references(document.body()).stream()
                .allMatch(name -> places.row(name).isPresent());
        if (!complete) {
          unfinished.add(document);
        }
        yield Optional.of(new Draft(document, row.id(), values));
      }
      case RowReader.Reading.Lacks(Set<String> names) -> {
        lacking.put(document.name(), names);
        forgetNew(document);
        yield Optional.empty();
      }
      case RowReader.Reading.Unfit(List<String> problems) -> {
        unfit.put(document.name(), String.join("; ", problems));
        forgetNew(document);
        yield Optional.empty();
      }
    };
  }

  /** A key that was given to a row which is not made after all. */
  private void forgetNew(Showing document) {
    if (entry(document).id().isEmpty()) {
      places.forget(document.name());
    }
  }

  private void note(Table table, List<Draft> drafts, Map<String, TableWriter.Written> rows)
      throws SQLException {
    RowWriter writer = live.renderer(table);
    List<RowRef> references = new ArrayList<>();
    rows.values().forEach(written -> references.addAll(writer.references(written.row())));
    places.loadNames(references);
    for (Draft draft : drafts) {
      TableWriter.Written written = rows.get(draft.id());
      Showing document = draft.showing();
      if (written == null) {
        throw unwritten(table, draft);
      }
      if (!written.id().equals(draft.id())) {
        places.forget(document.name());
        places.note(document.name(), new RowRef(table.name(), written.id()));
      }
      String hash = writer.render(written.row(), places, Optional.empty()).hash();
      entries.put(document.name(), entry(document).showing(written.id(), document.rev(), hash));
    }
  }

  /** Why a row was not written: something in the table keeps it from that, or it is gone. */
  private SQLException unwritten(Table table, Draft draft) throws SQLException {
    RowRef row = new RowRef(table.name(), draft.id());
    boolean kept =
        entry(draft.showing()).id().isEmpty()
            || !LiveRows.read(connection, live.schema(), table, List.of(), List.of(row)).isEmpty();
    return kept
        ? new SQLException("a trigger of " + table.name() + " did not let it be written", "P0001")
        : new SQLException("a row of " + table.name() + " is not there any more", "40001");
  }

  private Entry entry(Showing document) {
    Entry entry = entries.getOrDefault(document.name(), known.get(document.name()));
    return entry != null
        ? entry
        : new Entry(
            document.table().name(),
            document.name(),
            Optional.empty(),
            Optional.empty(),
            "",
            false);
  }

  private void remove(Table table, List<Showing> documents) throws SQLException {
    Optional<TableWriter> writer = live.writer(table);
    List<Draft> rows = new ArrayList<>();
    for (Showing document : documents) {
      Entry entry = entry(document);
      if (entry.id().isPresent() && writer.isPresent()) {
        rows.add(new Draft(document, entry.id().get(), Row.builder().build()));
      } else {
        entries.put(document.name(), entry.gone(document.rev()));
      }
    }
    if (table.deletion() instanceof Deletion.Real) {
      Set<String> referred = new Referrals(connection, live).among(table, rows);
      rows.stream()
          .filter(draft -> referred.contains(draft.id()))
          .forEach(draft -> needed.add(draft.showing().name()));
      rows.removeIf(draft -> referred.contains(draft.id()));
    }
    if (rows.isEmpty()) {
      return;
    }
    Map<String, TableWriter.Written> stay = writer.orElseThrow().delete(connection, rows);
    deleted += rows.size();
    if (table.deletion() instanceof Deletion.Soft) {
      note(table, rows.stream().filter(draft -> stay.containsKey(draft.id())).toList(), stay);
    }
    for (Draft draft : rows) {
      if (!stay.containsKey(draft.id())) {
        Showing document = draft.showing();
        entries.put(document.name(), entry(document).gone(document.rev()));
        places.forget(document.name());
      }
    }
  }
}
