package org.skerry.postgres.capture;

import java.util.Optional;
import org.skerry.postgres.capture.pgoutput.Relation;
import org.skerry.postgres.capture.pgoutput.Tuple;

/** What a transaction did to a row. */
sealed interface RowChange {
  Relation relation();

  record Inserted(Tuple row) implements RowChange {
    @Override
    public Relation relation() {
      return row.relation();
    }
  }

  /**
   * A changed row.
   *
   * @param old what is told of the row as it was, if anything is
   */
  record Updated(Optional<Tuple> old, Tuple row) implements RowChange {
    @Override
    public Relation relation() {
      return row.relation();
    }
  }

  record Deleted(Tuple old) implements RowChange {
    @Override
    public Relation relation() {
      return old.relation();
    }
  }

  /** All rows are gone: {@code TRUNCATE}. */
  record Emptied(Relation relation) implements RowChange {}
}
