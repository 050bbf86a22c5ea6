package org.skerry.postgres.task;

import java.sql.SQLException;

/** PostgreSQL's errors, with what to do about them where that is known. */
public final class Explanation {
  private Explanation() {}

  /** An error for people. */
  public static String of(SQLException error) {
    String state = String.valueOf(error.getSQLState());
    String advice =
        switch (state) {
          case "28P01", "28000" -> "look at `user` and `password` of the satellite's document";
          case "3D000" -> "look at the database's name in `url`";
          case "08001", "08004", "08006", "57P03" -> "it is tried again";
          case "42501" ->
              "the login must own the mapped tables, may need CREATE on the database, and, for"
                  + " reading the log, the attribute REPLICATION (ALTER ROLE … REPLICATION)";
          case "55000" ->
              String.valueOf(error.getMessage()).contains("wal_level")
                  ? "PostgreSQL needs wal_level = logical, or the satellite `\"capture\":"
                      + " \"outbox\"`"
                  : "";
          case "53400" -> "PostgreSQL needs a larger max_replication_slots or max_wal_senders";
          case "53300" -> "PostgreSQL needs a larger max_connections";
          case "55006" ->
              "somebody else reads this satellite's log; it is tried again until they have ended";
          case "42P01", "42703" -> "`skerry postgres check` tells all that does not fit";
          default -> "";
        };
    String message = firstLine(String.valueOf(error.getMessage()));
    return advice.isEmpty() ? message : message + " (" + advice + ")";
  }

  private static String firstLine(String text) {
    int end = text.indexOf('\n');
    return end < 0 ? text : text.substring(0, end);
  }
}
