package org.skerry.postgres.capture;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.skerry.postgres.capture.pgoutput.Relation;
import org.skerry.postgres.mapping.Table;
import org.skerry.postgres.row.RowWriter;
import org.skerry.postgres.row.Shape;

/** How rows of each table are told, as the table was when they changed. One thread. */
final class Writers {
  private final ColumnTypes types = new ColumnTypes();
  private final Map<Relation, RowWriter> writers = new HashMap<>();
  private final SchemaNotes notes;

  Writers(SchemaNotes notes) {
    this.notes = notes;
  }

  RowWriter of(Connection connection, Table table, Relation relation) throws SQLException {
    RowWriter writer = writers.get(relation);
    if (writer == null) {
      Shape shape = types.shape(connection, relation);
      notes.look(table, relation, shape);
      writer = new RowWriter(table, shape);
      writers.put(relation, writer);
    }
    return writer;
  }
}
