package org.skerry.postgres.capture;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.skerry.postgres.capture.pgoutput.Cell;
import org.skerry.postgres.capture.pgoutput.LogMessage;
import org.skerry.postgres.capture.pgoutput.Relation;
import org.skerry.postgres.capture.pgoutput.Tuple;

/**
 * Makes units of the log's messages. A transaction that begins with this node's mark was made by
 * this node: its rows are passed over, so that nothing echoes. One thread.
 */
final class UnitAssembler {
  /** How many changes are held before they are handed on as a part of their transaction. */
  private static final int MOST_CHANGES = 10_000;

  /** How many characters of values are held. */
  private static final long MOST_CHARACTERS = 16L << 20;

  private final int mostChanges;
  private LogMessage.Begin begin = new LogMessage.Begin(0, Instant.EPOCH, 0);
  private List<RowChange> changes = new ArrayList<>();
  private final List<String> gates = new ArrayList<>();
  private int first;
  private long characters;
  private boolean ours;

  UnitAssembler() {
    this(MOST_CHANGES);
  }

  UnitAssembler(int mostChanges) {
    this.mostChanges = mostChanges;
  }

  /** Takes a message; returns a unit when one is whole, or a part of one that is long. */
  Optional<Unit> take(LogMessage message) {
    switch (message) {
      case LogMessage.Begin started -> begin(started);
      case LogMessage.Insert(Tuple row) -> add(new RowChange.Inserted(row), row);
      case LogMessage.Update(Optional<Tuple> old, Tuple row) ->
          add(new RowChange.Updated(old, row), row);
      case LogMessage.Delete(Tuple old) -> add(new RowChange.Deleted(old), old);
      case LogMessage.Truncate truncate -> truncate.relations().forEach(this::empty);
      case LogMessage.Remark remark -> remark(remark);
      case LogMessage.Commit commit -> {
        return Optional.of(cut(true, commit.end()));
      }
      case LogMessage.Described described -> {}
      case LogMessage.Other other -> {}
    }
    return changes.size() >= mostChanges || characters >= MOST_CHARACTERS
        ? Optional.of(cut(false, 0))
        : Optional.empty();
  }

  private void begin(LogMessage.Begin started) {
    begin = started;
    changes = new ArrayList<>();
    gates.clear();
    first = 0;
    characters = 0;
    ours = false;
  }

  private void add(RowChange change, Tuple row) {
    if (ours) {
      return;
    }
    changes.add(change);
    for (Cell cell : row.cells()) {
      if (cell instanceof Cell.Text(String text)) {
        characters += text.length();
      }
    }
  }

  private void empty(Relation table) {
    if (!ours) {
      changes.add(new RowChange.Emptied(table));
    }
  }

  private void remark(LogMessage.Remark remark) {
    if (!remark.transactional()) {
      return;
    }
    if (remark.prefix().equals(Marks.OURS)) {
      ours = true;
      changes.clear();
      characters = 0;
    } else if (remark.prefix().equals(Marks.GATE)) {
      gates.add(new String(remark.content(), StandardCharsets.UTF_8));
    }
  }

  private Unit cut(boolean last, long end) {
    Unit unit = new Unit(begin.xid(), begin.lsn(), begin.time(), first, changes, last, end, gates);
    first += changes.size();
    changes = new ArrayList<>();
    gates.clear();
    characters = 0;
    return unit;
  }
}
