package org.skerry.postgres.apply;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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

  /** The ids of those of the rows to which others refer that are not among them. */
  Set<String> among(Table table, List<Draft> rows) throws SQLException {
    Set<String> found = new HashSet<>();
    if (rows.isEmpty()) {
      return found;
    }
    List<String> ids = rows.stream().map(Draft::id).toList();
    LiveKey key = live.writer(table).orElseThrow().key();
    for (Live.Child child : live.children(table)) {
      boolean same = child.table().name().equals(table.name());
      String sql =
          "SELECT DISTINCT v.id FROM "
              + Sql.name(live.schema(), child.table().name())
              + " c JOIN "
              + Sql.name(live.schema(), table.name())
              + " p ON "
              + same(child)
              + " JOIN unnest(?::text[], "
              + key.arrays().collect(Collectors.joining(", "))
              + ") AS v(id, "
              + key.names().collect(Collectors.joining(", "))
              + ") ON "
              + key.same("p")
              + (same ? " WHERE NOT " + Sql.id("c", table.key().columns()) + " = ANY (?)" : "");
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        Array all = connection.createArrayOf("text", ids.toArray());
        statement.setArray(1, all);
        int next = key.fill(connection, statement, 2, ids);
        if (same) {
          statement.setArray(next, all);
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

  /** Whether the row {@code c} refers to {@code p}, by its key or by others of its columns. */
  private static String same(Live.Child child) {
    return IntStream.range(0, child.columns().size())
        .mapToObj(
            i -> "c." + Sql.name(child.columns().get(i)) + " = p." + Sql.name(child.keys().get(i)))
        .collect(Collectors.joining(" AND "));
  }
}
