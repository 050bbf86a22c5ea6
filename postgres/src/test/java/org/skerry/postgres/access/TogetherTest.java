package org.skerry.postgres.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.skerry.postgres.testing.PostgresServer;
import org.skerry.postgres.testing.TestDatabase;

class TogetherTest {
  private static final TestDatabase DATABASE =
      PostgresServer.shared().database("CREATE TABLE t (n integer PRIMARY KEY, s text, b boolean)");

  private static Connection open() throws SQLException {
    return new Access(DATABASE.url(), PostgresServer.USER, PostgresServer.PASSWORD).open();
  }

  @Test
  void statementsRunInTheirOrderAndEachGivesItsRows() throws SQLException {
    List<String> found = new ArrayList<>();
    try (Connection connection = open()) {
      Transactions.run(
          connection,
          open -> {
            new Together()
                .add("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
                .add("DELETE FROM t")
                .read(
                    rows -> {
                      while (rows.next()) {
                        found.add(rows.getString(1));
                      }
                    },
                    "INSERT INTO t SELECT q.n::int4, q.s, q.b"
                        + " FROM unnest(?::text[], ?::text[], ?::bool[]) AS q(n, s, b) RETURNING s",
                    List.of("1", "2"),
                    Arrays.asList(null, "x"),
                    List.of(true, false))
                .read(
                    rows -> {
                      rows.next();
                      found.add(rows.getString(1));
                    },
                    "SELECT count(*) FROM t WHERE n = ? OR s = ?",
                    1,
                    "x")
                .run(open);
            return found;
          });
      assertThat(found).containsExactly(null, "x", "2");
    }
  }

  @Test
  void whatFailsTakesTheOthersAlong() throws SQLException {
    try (Connection connection = open()) {
      assertThatThrownBy(
              () ->
                  Transactions.run(
                      connection,
                      open -> {
                        new Together()
                            .add("INSERT INTO t (n) VALUES (?)", 7)
                            .add("INSERT INTO t (n) VALUES (7)")
                            .run(open);
                        return true;
                      }))
          .isInstanceOf(SQLException.class);
      assertThat(DATABASE.rows("SELECT n FROM t WHERE n = 7")).isEmpty();
    }
  }

  @Test
  void nothingIsNothing() throws SQLException {
    try (Connection connection = open()) {
      new Together().run(connection);
      assertThat(connection.isClosed()).isFalse();
    }
  }
}
