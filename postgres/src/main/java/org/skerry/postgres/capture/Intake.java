package org.skerry.postgres.capture;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skerry.document.DocId;
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

  /** Whether there may be refusals that have to be forgotten. */
  private boolean refusals = true;

  Intake(
      Mapping mapping, Naming naming, Documents documents, Figures figures, InstantSource clock) {
    this.mapping = mapping;
    this.naming = naming;
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
      Note note = transaction -> source.note(transaction, noted);
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
    void write(Connection transaction) throws SQLException;
  }

  private void stepByStep(Connection connection, List<Effect> effects, Note note)
      throws SQLException {
    List<Effect> step = new ArrayList<>();
    for (Effect effect : effects) {
      if (effect instanceof Effect.Emptied(Table table)) {
        apply(connection, step, transaction -> {});
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
          transaction -> {});
    }
  }

  /**
   * Takes rows in as a first pass reads them. What it writes is noted before, because another pass
   * would find other rows, where a unit that comes again is the same.
   */
  void applyRead(Connection connection, List<Effect> effects) throws SQLException {
    apply(connection, effects, transaction -> {}, true);
  }

  /** Takes effects in, none of which touches another's row. */
  void apply(Connection connection, List<Effect> effects, Note note) throws SQLException {
    apply(connection, effects, note, false);
  }

  private void apply(Connection connection, List<Effect> effects, Note note, boolean read)
      throws SQLException {
    Recognition recognition =
        Transactions.run(
            connection,
            names -> {
              Turns.shared(names);
              Recognition rows = Recognition.of(names, naming, writers, effects);
              if (read) {
                rows.follow(names, documents);
              }
              return rows;
            });
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
    Transactions.run(
        connection,
        book -> {
          Book.put(book, entries);
          noteRefusals(book, drafting.drafts(), refused, entries);
          note.write(book);
          return entries;
        });
    refusals |= !refused.isEmpty();
    figures.refused(refused.size());
    figures.took(effects.size(), drafting.drafts().size() - refused.size(), drafting.unchanged());
  }

  private void noteRefusals(
      Connection book, List<Draft> drafts, Map<DocId, String> refused, List<Entry> entries)
      throws SQLException {
    if (!refused.isEmpty()) {
      Refusals.put(book, drafts, refused);
    }
    if (refusals) {
      Refusals.remove(book, entries.stream().map(Entry::name).toList());
    }
  }
}
