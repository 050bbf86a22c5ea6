package org.skerry.postgres.apply;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.skerry.postgres.access.Sql;
import org.skerry.postgres.mapping.Collision;
import org.skerry.postgres.mapping.Table;
import org.skerry.postgres.row.Row;

/**
 * Keeps the application's sequences behind numbers that came from elsewhere. A code that it would
 * give next, and that another place gave before, is an error for whoever makes the next record.
 */
final class Numbers {
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

  private final Connection connection;
  private final String schema;

  Numbers(Connection connection, String schema) {
    this.connection = connection;
    this.schema = schema;
  }

  /** Moves the sequences of a table's unique values behind those that were written. */
  void pass(Table table, Collection<Row> written) throws SQLException {
    for (Collision collision : table.collisions()) {
      OptionalLong most =
          written.stream()
              .flatMap(row -> row.value(collision.columns().getFirst()).stream())
              .filter(value -> NUMBER.matcher(value).matches())
              .mapToLong(Long::parseLong)
              .max();
      if (collision.sequence().isPresent() && most.isPresent()) {
        move(Sql.name(schema, collision.sequence().get()), most.getAsLong());
      }
    }
  }

  private void move(String sequence, long number) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT setval(?::regclass, ?) FROM " + sequence + " WHERE last_value < ?")) {
      statement.setString(1, sequence);
      statement.setLong(2, number);
      statement.setLong(3, number);
      statement.executeQuery().close();
    }
  }

  /** The rows of drafts. */
  static List<Row> rows(Collection<Draft> drafts) {
    return drafts.stream().map(Draft::row).toList();
  }
}
