package org.skerry.postgres.capture;

import java.util.Optional;
import org.skerry.postgres.capture.pgoutput.Relation;
import org.skerry.postgres.mapping.Table;
import org.skerry.postgres.row.Row;
import org.skerry.postgres.row.RowRef;

/** What a transaction left of a row. */
sealed interface Effect {
  Table table();

  /**
   * It is there.
   *
   * @param known as which row the book knows it; nothing for a row that the transaction made
   * @param row its key now
   * @param values what is told of it
   * @param relation the table as it was
   */
  record Stands(Table table, Optional<RowRef> known, RowRef row, Row values, Relation relation)
      implements Effect {}

  /** It is there no more. */
  record Gone(Table table, RowRef known) implements Effect {}

  /** No row of the table is there any more, whatever the book knows. */
  record Emptied(Table table) implements Effect {}
}
