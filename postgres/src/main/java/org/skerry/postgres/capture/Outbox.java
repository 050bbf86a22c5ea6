package org.skerry.postgres.capture;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.TreeSet;
import org.skerry.postgres.access.Sql;
import org.skerry.postgres.access.Transactions;
import org.skerry.postgres.mapping.Mapping;
import org.skerry.postgres.mapping.Table;

/**
 * The table {@code skerry.outbox}, and the triggers that write each change of the mapped tables
 * into it: for servers whose log may not be read. A row is kept as PostgreSQL spells the whole of
 * it, with the columns that it had, so that one that comes or goes breaks no transaction of the
 * application. Without state; any thread.
 */
final class Outbox {
  /** Who waits for changes listens to this. */
  static final String CHANNEL = "skerry_outbox";

  private static final String TRIGGER = "skerry_note";

  private static final String TABLE =
      """
      CREATE TABLE IF NOT EXISTS skerry.outbox (
        seq bigserial PRIMARY KEY, xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
        at timestamptz NOT NULL DEFAULT clock_timestamp(),
        tbl text NOT NULL, op "char" NOT NULL, old_id text, columns text[], content text);
      CREATE INDEX IF NOT EXISTS outbox_xid ON skerry.outbox (xid);
      """;

  /** As the owner of the outbox: the application needs no rights in it. */
  private static final String FUNCTION =
      """
      CREATE OR REPLACE FUNCTION %1$s() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
        SET search_path = pg_catalog SET datestyle = 'ISO, YMD' SET timezone = 'UTC'
        SET intervalstyle = 'iso_8601' SET bytea_output = 'hex' SET extra_float_digits = 1
      AS $note$
      DECLARE
        names text[];
      BEGIN
        IF coalesce(current_setting('%4$s', true), '') = 'on' THEN
          RETURN NULL;
        END IF;
        IF TG_OP IN ('INSERT', 'UPDATE') THEN
          names := ARRAY(SELECT attname::text FROM pg_attribute
            WHERE attrelid = TG_RELID AND attnum > 0 AND NOT attisdropped ORDER BY attnum);
        END IF;
        IF TG_OP = 'INSERT' THEN
          INSERT INTO skerry.outbox (tbl, op, columns, content)
            VALUES (%2$s, 'I', names, NEW::text);
        ELSIF TG_OP = 'UPDATE' THEN
          INSERT INTO skerry.outbox (tbl, op, old_id, columns, content)
            VALUES (%2$s, 'U', %3$s, names, NEW::text);
        ELSIF TG_OP = 'DELETE' THEN
          INSERT INTO skerry.outbox (tbl, op, old_id) VALUES (%2$s, 'D', %3$s);
        ELSE
          INSERT INTO skerry.outbox (tbl, op) VALUES (%2$s, 'T');
        END IF;
        PERFORM pg_notify('%5$s', '');
        RETURN NULL;
      END $note$;
      """;

  private static final String CREATE =
      """
      DROP TRIGGER IF EXISTS %1$s ON %2$s;
      DROP TRIGGER IF EXISTS %1$s_all ON %2$s;
      CREATE TRIGGER %1$s AFTER INSERT OR UPDATE OR DELETE ON %2$s
        FOR EACH ROW EXECUTE FUNCTION %3$s();
      CREATE TRIGGER %1$s_all AFTER TRUNCATE ON %2$s
        FOR EACH STATEMENT EXECUTE FUNCTION %3$s();
      """;

  private static final String TRIGGERS =
      """
      SELECT c.relname FROM pg_catalog.pg_trigger t
      JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = ? AND t.tgname = ? AND t.tgenabled IN ('O', 'A')
      """;

  private Outbox() {}

  /** Whether exactly the mapped tables are noted. */
  static boolean fits(Connection connection, Mapping mapping) throws SQLException {
    Set<String> wanted = new TreeSet<>();
    mapping.pushed().forEach(table -> wanted.add(table.name()));
    return noted(connection, mapping.schema()).equals(wanted);
  }

  private static Set<String> noted(Connection connection, String schema) throws SQLException {
    Set<String> found = new TreeSet<>();
    try (PreparedStatement statement = connection.prepareStatement(TRIGGERS)) {
      statement.setString(1, schema);
      statement.setString(2, TRIGGER);
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          found.add(result.getString(1));
        }
      }
    }
    return found;
  }

  /**
   * Has exactly the mapped tables noted from now on. Each table is locked in a transaction of its
   * own, and only where its triggers are not there: whoever holds two tables is in the way of an
   * application that works with both.
   */
  static void make(Connection connection, Mapping mapping) throws SQLException {
    Set<String> others = noted(connection, mapping.schema());
    run(connection, TABLE);
    for (Table table : mapping.pushed()) {
      Relations.read(connection, mapping, table);
      String note = note(table);
      run(connection, others.remove(table.name()) ? note : note + triggers(mapping, table));
    }
    for (String table : others) {
      forget(connection, mapping.schema(), table);
    }
  }

  private static String note(Table table) {
    return FUNCTION.formatted(
        function(table.name()),
        literal(table.name()),
        Sql.id("OLD", table.key().columns()),
        Marks.OURS_SETTING,
        CHANNEL);
  }

  private static String triggers(Mapping mapping, Table table) {
    return CREATE.formatted(
        TRIGGER, Sql.name(mapping.schema(), table.name()), function(table.name()));
  }

  private static void run(Connection connection, String sql) throws SQLException {
    Transactions.run(
        connection,
        session -> {
          try (Statement statement = session.createStatement()) {
            return statement.execute(sql);
          }
        });
  }

  /** PostgreSQL cuts names off at 63 bytes; tables' own are that long at most. */
  private static String function(String table) {
    return "skerry." + Sql.name("note " + Integer.toHexString(table.hashCode()) + " " + table);
  }

  private static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /** Notes nothing any more, table by table. What was noted is forgotten. */
  static void drop(Connection connection, String schema) throws SQLException {
    for (String table : noted(connection, schema)) {
      forget(connection, schema, table);
    }
    run(connection, "DROP TABLE IF EXISTS skerry.outbox");
  }

  private static void forget(Connection connection, String schema, String table)
      throws SQLException {
    run(
        connection,
        "DROP TRIGGER IF EXISTS %1$s ON %2$s; DROP TRIGGER IF EXISTS %1$s_all ON %2$s; DROP FUNCTION IF EXISTS %3$s()"
            .formatted(TRIGGER, Sql.name(schema, table), function(table)));
  }

  /** A remark in the outbox. */
  static void remark(Connection connection, String text) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "WITH noted AS (INSERT INTO skerry.outbox (tbl, op, old_id) VALUES ('', 'G', ?)"
                + " RETURNING seq) SELECT pg_notify('"
                + CHANNEL
                + "', '') FROM noted")) {
      statement.setString(1, text);
      statement.execute();
    }
  }
}
