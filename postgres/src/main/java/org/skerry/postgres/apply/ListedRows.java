package org.skerry.postgres.apply;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skerry.postgres.access.Sql;
import org.skerry.postgres.mapping.RowName;
import org.skerry.postgres.mapping.Table;
import org.skerry.postgres.row.NaturalName;

/** Rows that a list of the application's names. */
final class ListedRows {
  private final Connection connection;
  private final String schema;

  ListedRows(Connection connection, String schema) {
    this.connection = connection;
    this.schema = schema;
  }

  /** The key of the row that has a name in the list. */
  Optional<String> find(Table table, RowName.Listed listed, String name) throws SQLException {
    Optional<List<Optional<String>>> values =
        NaturalName.values(table.type(), name, listed.columns().size());
    if (values.isEmpty() || values.get().stream().anyMatch(Optional::isEmpty)) {
      return Optional.empty();
    }
    List<String> conditions = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    for (Map.Entry<String, String> where : listed.where().entrySet()) {
      conditions.add(Sql.name(where.getKey()) + "::text = ?");
      texts.add(where.getValue());
    }
    for (int i = 0; i < listed.columns().size(); i++) {
      conditions.add(Sql.name(listed.columns().get(i)) + "::text = ?");
      texts.add(values.get().get(i).orElseThrow());
    }
    String sql =
        "SELECT "
            + Sql.name(listed.key())
            + " FROM "
            + Sql.name(schema, listed.table())
            + " WHERE "
            + String.join(" AND ", conditions)
            + " LIMIT 1";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < texts.size(); i++) {
        statement.setString(i + 1, texts.get(i));
      }
      try (ResultSet results = statement.executeQuery()) {
        return results.next() ? Optional.ofNullable(results.getString(1)) : Optional.empty();
      }
    }
  }
}
