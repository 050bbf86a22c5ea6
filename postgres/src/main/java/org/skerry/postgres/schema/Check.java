package org.skerry.postgres.schema;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.skerry.postgres.mapping.Mapping;
import org.skerry.postgres.mapping.Mode;
import org.skerry.postgres.mapping.Table;

/** Compares a mapping with a live database, and explains all that does not fit. */
public final class Check {
  /** Before this, the log did not carry messages to those who decode it. */
  private static final int MESSAGES = 140_000;

  private static final String SERVER =
      """
      SELECT current_setting('server_version_num')::int AS version,
        current_setting('server_version') AS named,
        current_setting('wal_level') AS wal,
        current_setting('max_replication_slots')::int
          - (SELECT count(*) FROM pg_replication_slots) AS slots,
        current_setting('max_slot_wal_keep_size') AS keep,
        (SELECT rolreplication OR rolsuper FROM pg_roles WHERE rolname = current_user) AS may,
        current_user AS login,
        has_database_privilege(current_database(), 'CREATE') AS creates,
        to_regnamespace('skerry') IS NOT NULL AS installed,
        pg_encoding_to_char(encoding) AS encoding
      FROM pg_database WHERE datname = current_database()
      """;

  private final Connection connection;
  private final Mapping mapping;
  private final boolean logical;
  private final List<Finding> findings = new ArrayList<>();

  private Check(Connection connection, Mapping mapping, boolean logical) {
    this.connection = connection;
    this.mapping = mapping;
    this.logical = logical;
  }

  /**
   * All that does not fit, faults first.
   *
   * @param logical whether capture is to read PostgreSQL's log
   */
  public static List<Finding> run(Connection connection, Mapping mapping, boolean logical)
      throws SQLException {
    return new Check(connection, mapping, logical).run();
  }

  private List<Finding> run() throws SQLException {
    server();
    Map<String, LiveTable> tables = Catalogue.read(connection, mapping.schema());
    for (Table table : mapping.tables()) {
      LiveTable live = tables.get(table.name());
      if (live == null) {
        findings.add(
            new Finding(
                true,
                table.name(),
                "there is no such table in the schema "
                    + mapping.schema()
                    + "; take it out of the mapping, or install what makes it"));
      } else {
        new TableCheck(connection, mapping, table, live, tables, findings).run();
        if (table.mode().pushes()) {
          if (logical) {
            published(table, live);
          } else {
            noted(table, live);
          }
        }
      }
    }
    travelling(tables);
    return Stream.concat(
            findings.stream().filter(Finding::isFault),
            findings.stream().filter(finding -> !finding.isFault()))
        .toList();
  }

  private void fault(String place, String what) {
    findings.add(new Finding(true, place, what));
  }

  private void note(String place, String what) {
    findings.add(new Finding(false, place, what));
  }

  private void server() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(SERVER)) {
      found.next();
      String login = found.getString("login");
      if (!found.getString("encoding").equals("UTF8")) {
        fault(
            "encoding",
            "is "
                + found.getString("encoding")
                + "; documents can hold what it cannot: only UTF8 will do");
      }
      if (!found.getBoolean("creates") && !found.getBoolean("installed")) {
        fault(
            "schema skerry",
            "is not there and "
                + login
                + " may not make it: GRANT CREATE ON DATABASE … TO "
                + login
                + ", or CREATE SCHEMA skerry AUTHORIZATION "
                + login);
      }
      if (logical) {
        log(found, login);
      }
    }
  }

  private void log(ResultSet found, String login) throws SQLException {
    String otherwise = "; or choose \"capture\": \"outbox\"";
    if (found.getInt("version") < MESSAGES) {
      fault("server", "is PostgreSQL " + found.getString("named") + "; 14 is needed" + otherwise);
    }
    if (!found.getString("wal").equals("logical")) {
      fault(
          "wal_level",
          "is "
              + found.getString("wal")
              + ": ALTER SYSTEM SET wal_level = logical, and restart the server"
              + otherwise);
    }
    if (!found.getBoolean("may")) {
      fault(login, "may not replicate: ALTER ROLE " + login + " REPLICATION" + otherwise);
    }
    if (found.getInt("slots") < 1) {
      note("max_replication_slots", "all are in use; this satellite needs one, if it has none yet");
    }
    if (found.getString("keep").equals("-1")) {
      note(
          "max_slot_wal_keep_size",
          "is not set: while this node is down the log grows until the disk is full");
    }
  }

  private void published(Table table, LiveTable live) {
    if (!live.ours()) {
      fault(
          table.name(),
          "belongs to another role, and only its owner may publish its changes: GRANT that role to"
              + " this login, or choose \"capture\": \"outbox\"");
    }
    if (live.unlogged()) {
      fault(
          table.name(),
          "has nothing by which PostgreSQL's log tells its rows apart: ALTER TABLE … REPLICA"
              + " IDENTITY FULL, or give it a primary key"
              + (live.deferred() ? " that is not deferrable" : ""));
      return;
    }
    for (String column : table.key().columns()) {
      if (live.column(column).isPresent() && !live.logged().contains(column)) {
        fault(
            table.name() + "." + column,
            (table.key().isSingle() ? "is to be the key" : "is to be part of the key")
                + ", and PostgreSQL's log does not tell it of rows that are deleted: ALTER"
                + " TABLE … REPLICA IDENTITY FULL, or choose \"capture\": \"outbox\"");
      }
    }
  }

  private void noted(Table table, LiveTable live) {
    boolean deferred =
        live.deferred() && table.key().is(live.primaryKey())
            || live.uniques().stream()
                .anyMatch(
                    one -> table.key().is(one.columns()) && one.said().contains(" DEFERRABLE"));
    if (deferred) {
      note(
          table.name(),
          "has a key that is deferrable, and the outbox tells rows by keys only: rows that exchange"
              + " theirs in one transaction are taken for each other; let the log be read, with"
              + " ALTER TABLE … REPLICA IDENTITY FULL");
    }
  }

  /** Foreign keys into tables that do not travel, though they could. */
  private void travelling(Map<String, LiveTable> tables) {
    for (Table table : mapping.tables()) {
      LiveTable live = tables.get(table.name());
      if (live == null || table.mode() == Mode.NONE) {
        continue;
      }
      for (LiveTable.ForeignKey key : live.foreignKeys()) {
        String column = key.columns().getFirst();
        boolean away = mapping.table(key.target()).isEmpty();
        boolean known = table.local().contains(column) || table.stamps().containsKey(column);
        if (away && key.columns().size() > 1 && table.column(column).isPresent()) {
          note(
              table.name() + "." + column,
              "refers with others to "
                  + key.target()
                  + ", which is not mapped: rows wait where it has no such row");
        } else if (away && !known && table.column(column).isEmpty() && !table.key().has(column)) {
          note(
              table.name() + "." + column,
              "refers to " + key.target() + ", which is not mapped: it stays empty elsewhere");
        }
      }
    }
  }
}
