package org.skerry.postgres.apply;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.skerry.postgres.Satellite;
import org.skerry.postgres.book.Book;
import org.skerry.postgres.book.Entry;
import org.skerry.postgres.mapping.Collision;
import org.skerry.postgres.mapping.Table;
import org.skerry.postgres.row.Row;
import org.skerry.postgres.row.RowReader;
import org.skerry.postgres.row.RowRef;

/**
 * Decides what becomes of two documents that want the same unique value. Every node must decide the
 * same without asking: the document with the smaller id keeps the value. Only the place where the
 * other one was made changes it, as an edit of its own that travels like any other; elsewhere the
 * one that came later waits for that edit.
 */
final class Collisions {
  private final Connection connection;
  private final Satellite satellite;
  private final Live live;

  Collisions(Connection connection, Satellite satellite, Live live) {
    this.connection = connection;
    this.satellite = satellite;
    this.live = live;
  }

  /**
   * A row of this place that has to give way.
   *
   * @param value which it has now
   */
  record Yield(Table table, Collision rule, String id, String value) {}

  /** What is to be done. */
  sealed interface Verdict {
    /** The document waits; perhaps a row here changes its value meanwhile. */
    record Wait(String why, Optional<Yield> yield) implements Verdict {}

    /** It is the same thing as another one, whose row stays. */
    record Known(String other) implements Verdict {}

    /** It is the same thing as another one, and takes its row. */
    record Take(Entry other) implements Verdict {}
  }

  Verdict judge(Showing document, Places places, Optional<Entry> own, String said)
      throws SQLException {
    Table table = document.table();
    Optional<TableWriter> writer = live.writer(table);
    RowReader.Reading reading = live.reader(table).read(document.body(), places);
    if (writer.isEmpty() || !(reading instanceof RowReader.Reading.Fits(Row row))) {
      return new Verdict.Wait(said, Optional.empty());
    }
    for (Collision rule : table.collisions()) {
      if (rule.columns().stream().allMatch(row::has)
          && rule.columns().stream().allMatch(one -> writer.get().live().column(one).isPresent())) {
        String id = own.flatMap(Entry::id).orElse("");
        Optional<String> other = writer.get().other(connection, rule.columns(), row, id);
        if (other.isPresent()) {
          return judge(document, rule, row, new RowRef(table.name(), other.get()), own);
        }
      }
    }
    return new Verdict.Wait(said, Optional.empty());
  }

  private Verdict judge(
      Showing document, Collision rule, Row row, RowRef there, Optional<Entry> own)
      throws SQLException {
    Map<RowRef, Entry> entries = Book.byRow(connection, List.of(there));
    Entry other = entries.get(there);
    String column = rule.columns().getFirst();
    if (other == null) {
      return new Verdict.Wait(
          "a row that is not known yet has the same " + rule.columns(), Optional.empty());
    }
    boolean keeps = document.name().compareTo(other.name()) < 0;
    if (rule.rule() == Collision.Rule.KEEP_CENTRAL) {
      if (own.flatMap(Entry::id).isPresent()) {
        return new Verdict.Wait(
            other.name() + " has the same " + rule.columns() + ", and both are rows",
            Optional.empty());
      }
      return keeps ? new Verdict.Take(other) : new Verdict.Known(other.name());
    }
    if (keeps && other.here()) {
      return new Verdict.Wait(
          other.name() + " has the same " + rule.columns() + " and changes it",
          row.value(column).map(value -> new Yield(document.table(), rule, there.id(), value)));
    }
    return new Verdict.Wait(
        other.name()
            + " has the same "
            + rule.columns()
            + "; "
            + (keeps ? "it" : "this one")
            + " is to change it at the place where it was made",
        Optional.empty());
  }

  /** Gives the row of a document to another one, which is the same thing. */
  void take(Showing document, Entry other) throws SQLException {
    Entry without =
        new Entry(
            other.table(), other.name(), Optional.empty(), other.rev(), other.hash(), other.here());
    Book.put(connection, List.of(without, entry(document, other)));
    Book.alias(connection, other.name(), document.name());
    if (other.here() && satellite.mapping().table(other.table()).isPresent()) {
      WaitingRoom.put(
          connection,
          other.name(),
          other.table(),
          Reason.MERGED,
          "it is the same thing as " + document.name(),
          Set.of());
    }
  }

  /** What the book says of a document that took another one's row. */
  Entry entry(Showing document, Entry other) {
    return new Entry(
        other.table(), document.name(), other.id(), Optional.empty(), other.hash(), false);
  }
}
