package org.skerry.postgres.capture;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skerry.document.DocId;
import org.skerry.postgres.Satellite;
import org.skerry.postgres.access.Together;
import org.skerry.postgres.access.Transactions;
import org.skerry.postgres.book.Book;
import org.skerry.postgres.book.Entry;
import org.skerry.postgres.book.Naming;
import org.skerry.postgres.book.Turns;
import org.skerry.postgres.mapping.Mapping;
import org.skerry.postgres.mapping.Table;
import org.skerry.postgres.row.RowRef;

/**
 * Takes units in, in these steps, each durable before the next:
 *
 * <ol>
 *   <li>Rows that have no names get them.
 *   <li>What the rows say becomes revisions, all at once.
 *   <li>The book notes what the rows show, and that the units are behind.
 * </ol>
 *
 * <p>Broken off anywhere, and begun again, it comes to the same revisions. One thread.
 */
final class Intake {
  private static final int PAGE = 1_000;

  private final Mapping mapping;
  private final Naming naming;
  private final Documents documents;
  private final Figures figures;
  private final InstantSource clock;
  private final Writers writers;

  /** Whether rows are made through the application's own door, too. */
  private final boolean doors;

  /** Whether there may be refusals that have to be forgotten; nothing before somebody looked. */
  private Optional<Boolean> refusals = Optional.empty();

  Intake(Satellite satellite, Documents documents, Figures figures, InstantSource clock) {
    this.mapping = satellite.mapping();
    this.naming = new Naming(mapping, satellite.central());
    this.doors = satellite.rpc().isPresent();
    this.documents = documents;
    this.figures = figures;
    this.clock = clock;
    this.writers = new Writers(figures.notes());
  }

  /** Takes units in; what PostgreSQL may forget is confirmed. */
  void take(Connection connection, List<Unit> units, Source source) throws SQLException {
    Bundle bundle = new Bundle();
    for (Unit unit : units) {
      NetEffect net = new NetEffect(mapping);
      unit.changes().forEach(net::add);
      figures.unkeyed(net.unkeyed());
      if (!bundle.add(unit, net.effects())) {
        finish(connection, bundle, source);
        bundle = new Bundle();
        bundle.add(unit, net.effects());
      }
    }
    finish(connection, bundle, source);
  }

  private void finish(Connection connection, Bundle bundle, Source source) throws SQLException {
    if (bundle.units().isEmpty()) {
      return;
    }
    Unit last = bundle.units().getLast();
    Optional<Unit> changing =
        bundle.units().stream()
            .filter(unit -> !unit.changes().isEmpty())
            .reduce((one, other) -> other);
    if (changing.isPresent()) {
      Unit noted = changing.get();
      Note note = statements -> source.note(statements, noted);
      if (bundle.isAlone()) {
        stepByStep(connection, bundle.effects(), note);
      } else {
        apply(connection, bundle.effects(), note);
      }
      figures.units(bundle.units().stream().filter(Unit::last).count());
      figures.caughtUp(noted.committed(), clock.instant());
    }
    source.confirm(last);
  }

  /** What else is written in the book's transaction. */
  @FunctionalInterface
  interface Note {
    void add(Together statements);
  }

  private void stepByStep(Connection connection, List<Effect> effects, Note note)
      throws SQLException {
    List<Effect> step = new ArrayList<>();
    for (Effect effect : effects) {
      if (effect instanceof Effect.Emptied(Table table)) {
        apply(connection, step, statements -> {});
        step.clear();
        empty(connection, table);
      } else {
        step.add(effect);
      }
    }
    apply(connection, step, note);
  }

  private void empty(Connection connection, Table table) throws SQLException {
    while (true) {
      List<RowRef> known =
          Transactions.run(connection, read -> Book.rows(read, table.name(), PAGE));
      if (known.isEmpty()) {
        return;
      }
      apply(
          connection,
          known.stream().<Effect>map(row -> new Effect.Gone(table, row)).toList(),
          statements -> {});
    }
  }

  /**
   * Takes rows in as a first pass reads them. What it writes is noted before, because another pass
   * would find other rows, where a unit that comes again is the same.
   */
  void applyRead(Connection connection, List<Effect> effects) throws SQLException {
    apply(connection, effects, statements -> {}, true);
  }

  /** Takes effects in, none of which touches another's row. */
  void apply(Connection connection, List<Effect> effects, Note note) throws SQLException {
    apply(connection, effects, note, false);
  }

  private void apply(Connection connection, List<Effect> effects, Note note, boolean read)
      throws SQLException {
    Recognition recognition = recognise(connection, effects, read);
    Drafting drafting = new Drafting(mapping, documents, recognition);
    Transactions.run(
        connection,
        live -> {
          drafting.draft(live, writers, effects);
          if (read && !drafting.drafts().isEmpty()) {
            Intended.put(live, drafting.drafts());
          }
          return drafting;
        });
    Map<DocId, String> refused = documents.write(drafting.drafts());
    List<Entry> entries =
        drafting.after().values().stream()
            .filter(entry -> !refused.containsKey(DocId.of(entry.name())))
            .toList();
    if (!refused.isEmpty()) {
      refusals = Optional.of(true);
    }
    Transactions.run(
        connection,
        book -> {
          Refusals.put(book, drafting.drafts(), refused);
          Together statements = new Together();
          Book.put(statements, entries);
          if (mayBeRefused(book)) {
            Refusals.remove(statements, entries.stream().map(Entry::name).toList());
          }
          note.add(statements);
          statements.run(book);
          return entries;
        });
    figures.refused(refused.size());
    figures.took(effects.size(), drafting.drafts().size() - refused.size(), drafting.unchanged());
  }

  private Recognition recognise(Connection connection, List<Effect> effects, boolean read)
      throws SQLException {
    if (!doors && !read) {
      Recognition known =
          Transactions.read(connection, book -> Recognition.look(book, naming, writers, effects));
      if (!known.isComplete()) {
        Transactions.run(
            connection,
            names -> {
              known.name(names);
              return known;
            });
      }
      return known;
    }
    return Transactions.run(
        connection,
        names -> {
          if (doors) {
            Turns.shared(names);
          }
          Recognition rows = Recognition.look(names, naming, writers, effects);
          rows.name(names);
          if (read) {
            rows.follow(names, documents);
          }
          return rows;
        });
  }

  private boolean mayBeRefused(Connection book) throws SQLException {
    if (refusals.isEmpty()) {
      refusals = Optional.of(Refusals.any(book));
    }
    return refusals.get();
  }
}
