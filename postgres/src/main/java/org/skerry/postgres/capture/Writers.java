package org.skerry.postgres.capture;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.skerry.postgres.capture.pgoutput.Relation;
import org.skerry.postgres.mapping.Table;
import org.skerry.postgres.row.RowWriter;

/** How rows of each table are told, as the table was when they changed. One thread. */
final class Writers {
  private final ColumnTypes types = new ColumnTypes();
  private final Map<Relation, RowWriter> writers = new HashMap<>();

  RowWriter of(Connection connection, Table table, Relation relation) throws SQLException {
    RowWriter writer = writers.get(relation);
    if (writer == null) {
      writer = new RowWriter(table, types.shape(connection, relation));
      writers.put(relation, writer);
    }
    return writer;
  }
}
