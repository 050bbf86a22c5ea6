package org.skerry.postgres.number;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.OptionalLong;

/**
 * Codes that are counted.
 *
 * @param furthest how many numbers are passed over at most, if that many are left
 */
public record Numbered(Counter counter, CodeForm form, long furthest) {
  /** Of the numbers that are left one in so many is not passed over for a single code. */
  private static final int RESERVE = 10;

  /**
   * What became of codes that are made elsewhere.
   *
   * @param moved whether the counter had to go on
   * @param tooFar how many are so far ahead that it did not
   */
  public record Passed(boolean moved, long tooFar) {}

  /** Has the counter go on, so that it gives none of these codes any more. */
  public Passed pass(Connection connection, Collection<String> codes) throws SQLException {
    long[] numbers =
        codes.stream()
            .map(form::number)
            .filter(OptionalLong::isPresent)
            .mapToLong(OptionalLong::getAsLong)
            .toArray();
    if (numbers.length == 0) {
      return new Passed(false, 0);
    }
    Stand stand = counter.stand(connection);
    long bound = Math.min(furthest, stand.room() - stand.room() / RESERVE);
    long tooFar = 0;
    long most = 0;
    long farthest = 0;
    for (long number : numbers) {
      long steps = stand.isAhead(number) ? stand.steps(number) : 0;
      if (steps > bound) {
        tooFar++;
      } else if (steps > most) {
        most = steps;
        farthest = number;
      }
    }
    if (most > 0) {
      counter.move(connection, stand, farthest);
    }
    return new Passed(most > 0, tooFar);
  }

  /**
   * Takes the next number.
   *
   * @param like the code in whose place it comes
   * @param attempt as in {@link Counter#next}
   * @return its code
   */
  public String next(Connection connection, String like, int attempt) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement("SELECT current_date::text");
        ResultSet today = statement.executeQuery()) {
      today.next();
      return form.code(
          counter.next(connection, attempt), like, LocalDate.parse(today.getString(1)));
    }
  }
}
