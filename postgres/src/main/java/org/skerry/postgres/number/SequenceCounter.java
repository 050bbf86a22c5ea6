package org.skerry.postgres.number;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * A sequence of PostgreSQL's. What it gave it does not take back, whatever becomes of the
 * transaction: a gap in the numbers is all that remains.
 *
 * @param place as SQL names it
 * @param movable whether the login may draw from it
 * @param readable whether the login may see where it stands
 * @param cycles whether it begins anew at its end
 * @param cache how many numbers a session takes in advance
 */
public record SequenceCounter(
    String place,
    boolean movable,
    boolean readable,
    long step,
    long least,
    long most,
    boolean cycles,
    long cache)
    implements Counter {
  private static final String FIND =
      """
      SELECT has_sequence_privilege(q.seqrelid, 'USAGE')
          OR has_sequence_privilege(q.seqrelid, 'UPDATE'),
        has_sequence_privilege(q.seqrelid, 'SELECT'),
        q.seqincrement, q.seqmin, q.seqmax, q.seqcycle, q.seqcache
      FROM pg_sequence q WHERE q.seqrelid = to_regclass(?)
      """;

  /** Sessions that took numbers in advance give these first. */
  private static final int ROUNDS = 10;

  /** A sequence for people. */
  static String name(String place) {
    return place.replace("\"", "");
  }

  /** The sequence of that name, if there is one. */
  static Optional<SequenceCounter> find(Connection connection, String place) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(FIND)) {
      statement.setString(1, place);
      try (ResultSet found = statement.executeQuery()) {
        int at = 1;
        return found.next()
            ? Optional.of(
                new SequenceCounter(
                    place,
                    found.getBoolean(at++),
                    found.getBoolean(at++),
                    found.getLong(at++),
                    found.getLong(at++),
                    found.getLong(at++),
                    found.getBoolean(at++),
                    found.getLong(at)))
            : Optional.empty();
      }
    }
  }

  @Override
  public Stand stand(Connection connection) throws SQLException {
    try (PreparedStatement statement =
            connection.prepareStatement("SELECT last_value, is_called FROM " + place);
        ResultSet found = statement.executeQuery()) {
      found.next();
      long last = found.getLong(1);
      return new Stand(found.getBoolean(2) ? last : last - step, step, step > 0 ? most : least);
    }
  }

  @Override
  public void move(Connection connection, Stand stand, long number) throws SQLException {
    Stand now = stand;
    for (int round = 0; round < ROUNDS && now.isAhead(number) && now.steps(number) > 0; round++) {
      now = new Stand(count(connection, now.steps(number)), step, now.end());
    }
  }

  /** Draws so many numbers; answers with the last of them. */
  private long count(Connection connection, long numbers) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT "
                + (step > 0 ? "max" : "min")
                + "(nextval(?::regclass)) FROM generate_series(1, ?)")) {
      statement.setString(1, place);
      statement.setLong(2, numbers);
      try (ResultSet found = statement.executeQuery()) {
        found.next();
        return found.getLong(1);
      }
    }
  }

  @Override
  public long next(Connection connection, int attempt) throws SQLException {
    return count(connection, 1);
  }

  @Override
  public String toString() {
    return "the sequence " + name(place);
  }
}
