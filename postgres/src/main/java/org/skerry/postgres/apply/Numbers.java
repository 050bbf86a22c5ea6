package org.skerry.postgres.apply;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
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

  /** Beyond that it was a slip of somebody's pen, and a number that nobody counts up to. */
  private static final long FARTHEST = 1_000_000;

  private final Connection connection;
  private final String schema;

  Numbers(Connection connection, String schema) {
    this.connection = connection;
    this.schema = schema;
  }

  /** Moves the sequences of a table's unique values behind those that were written. */
  void pass(Table table, Collection<Row> written) throws SQLException {
    for (Collision collision : table.collisions()) {
      long[] numbers =
          written.stream()
              .flatMap(row -> row.value(collision.columns().getFirst()).stream())
              .filter(value -> NUMBER.matcher(value).matches())
              .mapToLong(Long::parseLong)
              .toArray();
      if (collision.sequence().isPresent() && numbers.length > 0) {
        move(Sql.name(schema, collision.sequence().get()), numbers);
      }
    }
  }

  /** By counting on: setting it would take back what the application counts meanwhile. */
  private void move(String sequence, long[] numbers) throws SQLException {
    OptionalLong steps;
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT s.last_value, q.seqincrement, s.is_called FROM "
                + sequence
                + " s, pg_sequence q WHERE q.seqrelid = ?::regclass")) {
      statement.setString(1, sequence);
      try (ResultSet found = statement.executeQuery()) {
        found.next();
        long step = Math.max(1, found.getLong(2));
        long last = found.getBoolean(3) ? found.getLong(1) : found.getLong(1) - step;
        steps =
            Arrays.stream(numbers)
                .map(number -> Math.ceilDiv(number - last, step))
                .filter(count -> count > 0 && count <= FARTHEST)
                .max();
      }
    }
    if (steps.isPresent()) {
      try (PreparedStatement statement =
          connection.prepareStatement(
              "SELECT count(nextval(?::regclass)) FROM generate_series(1, ?)")) {
        statement.setString(1, sequence);
        statement.setLong(2, steps.getAsLong());
        statement.executeQuery().close();
      }
    }
  }

  /** The rows of drafts. */
  static List<Row> rows(Collection<Draft> drafts) {
    return drafts.stream().map(Draft::row).toList();
  }
}
