package org.skerry.postgres.number;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A row of Tryton's that counts without gaps. Who draws holds the row until its transaction ends;
 * so does this, and no draw can come between a move and the row for which it was made.
 *
 * @param place the table, as SQL names it
 */
record StrictCounter(String place, long id) implements Counter {
  /** Tryton's integers. */
  private static final long MOST = Integer.MAX_VALUE;

  @Override
  public Stand stand(Connection connection) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT number_next_internal, number_increment FROM " + place + " WHERE id = ?")) {
      statement.setLong(1, id);
      try (ResultSet found = statement.executeQuery()) {
        if (!found.next()) {
          throw new SQLException("there is no row " + id + " in " + place, "42704");
        }
        long step = found.getLong(2);
        return new Stand(found.getLong(1) - step, step, step > 0 ? MOST : -MOST);
      }
    }
  }

  @Override
  public void move(Connection connection, Stand stand, long number) throws SQLException {
    long next = stand.last() + (stand.steps(number) + 1) * stand.step();
    try (PreparedStatement statement =
        connection.prepareStatement(
            "UPDATE "
                + place
                + " SET number_next_internal = ?, write_date = now() WHERE id = ? AND"
                + " number_next_internal "
                + (stand.step() > 0 ? "<" : ">")
                + " ?")) {
      statement.setLong(1, next);
      statement.setLong(2, id);
      statement.setLong(3, next);
      statement.executeUpdate();
    }
  }

  @Override
  public long next(Connection connection, int attempt) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "UPDATE "
                + place
                + " SET number_next_internal = number_next_internal + number_increment * ?,"
                + " write_date = now() WHERE id = ?"
                + " RETURNING number_next_internal - number_increment")) {
      statement.setInt(1, attempt);
      statement.setLong(2, id);
      try (ResultSet found = statement.executeQuery()) {
        if (!found.next()) {
          throw new SQLException("there is no row " + id + " in " + place, "42704");
        }
        return found.getLong(1);
      }
    }
  }

  @Override
  public String toString() {
    return "row " + id + " of " + SequenceCounter.name(place);
  }
}
