package org.skerry.postgres.apply;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.skerry.postgres.access.Sql;
import org.skerry.postgres.mapping.Table;

/**
 * Finds rows to which others refer. Where a foreign key cascades, PostgreSQL would delete those
 * others as well, though their documents are there and nobody deleted them.
 */
final class Referrals {
  private final Connection connection;
  private final Live live;

  Referrals(Connection connection, Live live) {
    this.connection = connection;
    this.live = live;
  }

  /** The keys of those of the rows to which others refer that are not among them. */
  Set<String> among(Table table, List<Draft> rows) throws SQLException {
    Set<String> found = new HashSet<>();
    if (rows.isEmpty()) {
      return found;
    }
    String[] keys = rows.stream().map(Draft::id).toArray(String[]::new);
    for (Live.Child child : live.children(table)) {
      String column = Sql.name(child.column());
      boolean same = child.table().name().equals(table.name());
      String sql =
          "SELECT DISTINCT c."
              + column
              + "::text FROM "
              + Sql.name(live.schema(), child.table().name())
              + " c JOIN unnest(?::text[]) AS k(id) ON c."
              + column
              + " = k.id::"
              + live.writer(table).orElseThrow().cast(table.key())
              + (same ? " WHERE NOT c." + Sql.name(table.key()) + "::text = ANY (?)" : "");
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        statement.setArray(1, connection.createArrayOf("text", keys));
        if (same) {
          statement.setArray(2, connection.createArrayOf("text", keys));
        }
        try (ResultSet results = statement.executeQuery()) {
          while (results.next()) {
            found.add(results.getString(1));
          }
        }
      }
    }
    return found;
  }
}
