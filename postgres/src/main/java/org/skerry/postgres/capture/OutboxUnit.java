package org.skerry.postgres.capture;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.skerry.postgres.capture.pgoutput.Cell;
import org.skerry.postgres.capture.pgoutput.Relation;
import org.skerry.postgres.capture.pgoutput.Tuple;
import org.skerry.postgres.mapping.Key;

/** What one transaction noted in the outbox. One thread. */
final class OutboxUnit {
  private final String xid;
  private final List<Long> seqs = new ArrayList<>();
  private final List<RowChange> changes = new ArrayList<>();
  private final List<String> gates = new ArrayList<>();
  private Instant time = Instant.EPOCH;

  OutboxUnit(String xid) {
    this.xid = xid;
  }

  /** Finds a table by its name and the columns that a row had; none where that is not told. */
  @FunctionalInterface
  interface Tables {
    Optional<Relation> find(String name, List<String> columns) throws SQLException;
  }

  String xid() {
    return xid;
  }

  List<Long> seqs() {
    return seqs;
  }

  long first() {
    return seqs.getFirst();
  }

  long last() {
    return seqs.getLast();
  }

  Unit unit(boolean last) {
    return new Unit(Long.parseUnsignedLong(xid), last(), time, 0, changes, last, last(), gates);
  }

  /** Takes a note: seq, xid, time, table, operation, old key, columns, content. */
  void add(ResultSet note, Tables tables) throws SQLException {
    int at = 1;
    seqs.add(note.getLong(at));
    at += 2;
    time = Instant.ofEpochMilli(note.getLong(at++));
    String table = note.getString(at++);
    String operation = note.getString(at++);
    Optional<String> old = Optional.ofNullable(note.getString(at++));
    List<String> columns = columns(note, at++);
    List<Cell> cells =
        Optional.ofNullable(note.getString(at)).map(RowText::parse).orElse(List.of());
    if (operation.equals("G")) {
      old.ifPresent(gates::add);
      return;
    }
    tables.find(table, columns).ifPresent(known -> add(known, operation, old, cells));
  }

  private static List<String> columns(ResultSet note, int at) throws SQLException {
    Array columns = note.getArray(at);
    return columns != null && columns.getArray() instanceof String[] names
        ? List.of(names)
        : List.of();
  }

  private void add(Relation relation, String operation, Optional<String> old, List<Cell> cells) {
    Optional<Tuple> before = old.flatMap(id -> key(relation, id));
    Tuple row = new Tuple(relation, cells);
    switch (operation) {
      case "I" -> changes.add(new RowChange.Inserted(row));
      case "U" -> changes.add(new RowChange.Updated(before, row));
      case "D" -> before.ifPresent(tuple -> changes.add(new RowChange.Deleted(tuple)));
      default -> changes.add(new RowChange.Emptied(relation));
    }
  }

  private static Optional<Tuple> key(Relation relation, String id) {
    Key key =
        new Key(
            relation.columns().stream()
                .filter(Relation.Column::key)
                .map(Relation.Column::name)
                .toList());
    return key.texts(id)
        .map(
            texts ->
                new Tuple(
                    relation,
                    relation.columns().stream()
                        .map(
                            column ->
                                column.key()
                                    ? new Cell.Text(texts.get(key.columns().indexOf(column.name())))
                                    : Cell.NULL)
                        .toList()));
  }
}
