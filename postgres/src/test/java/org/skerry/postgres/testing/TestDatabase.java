package org.skerry.postgres.testing;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** One database of an application, for one test. */
public record TestDatabase(PostgresServer server, String name) {
  /** As the driver wants it, without credentials. */
  public String jdbcUrl() {
    return server.url(name);
  }

  /** As people write it, and satellites do: {@code postgresql://HOST:PORT/NAME}. */
  public String url() {
    return "postgresql://127.0.0.1:" + server.port() + "/" + name;
  }

  /** A connection of the application's role. */
  public Connection connect() {
    try {
      return server.connect(name, PostgresServer.USER, PostgresServer.PASSWORD);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Runs statements as the application, each in a transaction of its own. */
  public void run(String... statements) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Runs statements as the application, all in one transaction. */
  public void together(String... statements) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      for (String sql : statements) {
        statement.execute(sql);
      }
      connection.commit();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Rows as texts: columns are separated by {@code |}, nulls are empty. */
  public List<String> rows(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      List<String> rows = new ArrayList<>();
      int columns = found.getMetaData().getColumnCount();
      while (found.next()) {
        StringBuilder row = new StringBuilder();
        for (int column = 1; column <= columns; column++) {
          String value = found.getString(column);
          row.append(column > 1 ? "|" : "").append(value == null ? "" : value);
        }
        rows.add(row.toString());
      }
      return rows;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The first value of the first row. */
  public String value(String sql) {
    return rows(sql).getFirst();
  }
}
