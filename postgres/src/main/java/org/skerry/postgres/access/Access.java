package org.skerry.postgres.access;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.regex.Pattern;

/**
 * A satellite's PostgreSQL.
 *
 * @param url as {@code postgresql://host:port/database}
 * @param password never shown
 */
public record Access(String url, String user, String password) {
  /** What is accepted as an address: credentials and options have members of their own. */
  public static final Pattern URL =
      Pattern.compile("postgres(?:ql)?://[A-Za-z0-9.\\-\\[\\]:]+/[A-Za-z0-9_.$%\\-]+");

  private static final String NAME = "skerry";

  /** How long a connection may be in the making, in seconds. */
  private static final String CONNECT_SECONDS = "20";

  /**
   * A new session, at its own commits by default; the caller closes it.
   *
   * @throws SQLException when there is none to be had
   */
  public Connection open() throws SQLException {
    return prepared(DriverManager.getConnection(jdbcUrl(), properties()));
  }

  private static Connection prepared(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "SET TIME ZONE 'UTC'; SET datestyle = 'ISO, YMD'; SET intervalstyle = 'iso_8601';"
              + " SET bytea_output = 'hex'; SET extra_float_digits = 1;"
              + " SET standard_conforming_strings = on");
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
    return connection;
  }

  /**
   * A new session in which the log can be read; the caller closes it.
   *
   * @throws SQLException when there is none to be had
   */
  public Connection openLog() throws SQLException {
    Properties properties = properties();
    properties.setProperty("replication", "database");
    properties.setProperty("preferQueryMode", "simple");
    properties.setProperty("assumeMinServerVersion", "10");
    return prepared(DriverManager.getConnection(jdbcUrl(), properties));
  }

  /** The address as the driver wants it. */
  public String jdbcUrl() {
    return "jdbc:postgresql" + url.substring(url.indexOf(':'));
  }

  /** What the driver is told for every kind of session; changed as the caller likes. */
  public Properties properties() {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    properties.setProperty("ApplicationName", NAME);
    // Texts both ways: what stands in a column goes through no Java type.
    properties.setProperty("binaryTransfer", "false");
    properties.setProperty("stringtype", "unspecified");
    properties.setProperty("connectTimeout", CONNECT_SECONDS);
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("reWriteBatchedInserts", "true");
    return properties;
  }

  @Override
  public String toString() {
    return user + " at " + url;
  }
}
