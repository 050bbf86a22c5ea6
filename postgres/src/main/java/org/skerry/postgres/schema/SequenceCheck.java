package org.skerry.postgres.schema;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.skerry.postgres.mapping.Collision;
import org.skerry.postgres.mapping.Table;
import org.skerry.postgres.number.Numberings;
import org.skerry.postgres.number.Numberings.Sought;
import org.skerry.postgres.number.SequenceCounter;

/** Looks whether what counts a table's codes is there, and may be moved on. */
final class SequenceCheck {
  private final Table table;
  private final LiveTable live;
  private final Numberings numberings;

  SequenceCheck(Connection connection, String schema, Table table, LiveTable live) {
    this.table = table;
    this.live = live;
    this.numberings = new Numberings(connection, schema);
  }

  /**
   * Looks.
   *
   * @param fault is told what does not work
   * @param note is told what somebody should know; both with the column
   */
  void run(BiConsumer<String, String> fault, BiConsumer<String, String> note) throws SQLException {
    for (Collision collision : table.collisions()) {
      String column = collision.columns().getFirst();
      Optional<String> filled = live.column(column).flatMap(LiveColumn::filled);
      switch (numberings.find(collision.sequence(), filled)) {
        case Sought.Missing(String why) -> fault.accept("", why);
        case Sought.Uncounted(String why) -> {
          if (!why.isEmpty()) {
            note.accept(column, why);
          }
        }
        case Sought.Found found -> {
          if (found.numbered().counter() instanceof SequenceCounter sequence) {
            look(sequence, column, note);
          }
        }
      }
    }
  }

  private static void look(
      SequenceCounter sequence, String column, BiConsumer<String, String> note) {
    if (sequence.cycles()) {
      note.accept(
          column,
          sequence + " begins anew at its end, and gives codes that are there already: NO CYCLE");
    }
    if (sequence.cache() > 1) {
      note.accept(
          column,
          sequence
              + " is taken from in advance, and what the application has taken cannot be passed"
              + " over: CACHE 1");
    }
  }
}
