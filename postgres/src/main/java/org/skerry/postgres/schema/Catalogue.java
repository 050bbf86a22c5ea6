package org.skerry.postgres.schema;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.skerry.postgres.schema.LiveTable.ForeignKey;
import org.skerry.postgres.schema.LiveTable.Unique;

/** Reads what PostgreSQL knows of its tables. */
public final class Catalogue {
  private static final String TABLES =
      """
      SELECT c.relname, pg_has_role(c.relowner, 'USAGE') AS ours,
        has_table_privilege(c.oid, 'SELECT') AS readable,
        has_table_privilege(c.oid, 'SELECT') AND has_table_privilege(c.oid, 'INSERT')
          AND has_table_privilege(c.oid, 'UPDATE') AND has_table_privilege(c.oid, 'DELETE') AS writable,
        c.relpersistence <> 'p' OR c.relreplident = 'n' OR (c.relreplident = 'd'
          AND NOT EXISTS (SELECT FROM pg_index i
            WHERE i.indrelid = c.oid AND i.indisprimary AND i.indimmediate)) AS unlogged,
        ARRAY(SELECT a.attname::text FROM pg_attribute a
          WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            AND (c.relreplident = 'f' OR EXISTS (SELECT FROM pg_index i
              JOIN unnest(i.indkey) WITH ORDINALITY k(num, at)
                ON k.num = a.attnum AND k.at <= i.indnkeyatts
              WHERE i.indrelid = c.oid AND CASE c.relreplident WHEN 'd' THEN i.indisprimary AND i.indimmediate
                  WHEN 'i' THEN i.indisreplident ELSE false END))) AS logged,
        EXISTS (SELECT FROM pg_index i
          WHERE i.indrelid = c.oid AND i.indisprimary AND NOT i.indimmediate) AS deferred
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = ? AND c.relkind IN ('r', 'p')
      ORDER BY c.relname
      """;

  private static final String COLUMNS =
      """
      SELECT c.relname, a.attname, CASE WHEN t.typtype = 'd' THEN b.typname ELSE t.typname END,
        quote_ident(tn.nspname) || '."' || replace(t.typname, '"', '""') || '"',
        format_type(a.atttypid, a.atttypmod), a.attnotnull,
        CASE WHEN a.attgenerated = '' THEN pg_get_expr(d.adbin, d.adrelid) END,
        pg_get_serial_sequence(
          quote_ident(n.nspname) || '.' || quote_ident(c.relname), a.attname),
        a.attidentity, a.attgenerated
      FROM pg_attribute a
      JOIN pg_class c ON c.oid = a.attrelid
      JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_type t ON t.oid = a.atttypid
      JOIN pg_namespace tn ON tn.oid = t.typnamespace
      LEFT JOIN pg_type b ON b.oid = t.typbasetype
      LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
      WHERE n.nspname = ? AND c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped
      ORDER BY c.relname, a.attnum
      """;

  private static final String KEYS =
      """
      SELECT c.relname, r.conname, r.contype::text,
        ARRAY(SELECT a.attname::text FROM unnest(r.conkey) WITH ORDINALITY k(num, at)
          JOIN pg_attribute a ON a.attrelid = r.conrelid AND a.attnum = k.num ORDER BY k.at),
        CASE WHEN tn.nspname = n.nspname THEN t.relname ELSE tn.nspname || '.' || t.relname END,
        ARRAY(SELECT a.attname::text FROM unnest(r.confkey) WITH ORDINALITY k(num, at)
          JOIN pg_attribute a ON a.attrelid = r.confrelid AND a.attnum = k.num ORDER BY k.at),
        pg_get_constraintdef(r.oid), r.contype <> 'x'
      FROM pg_constraint r
      JOIN pg_class c ON c.oid = r.conrelid
      JOIN pg_namespace n ON n.oid = c.relnamespace
      LEFT JOIN pg_class t ON t.oid = r.confrelid
      LEFT JOIN pg_namespace tn ON tn.oid = t.relnamespace
      WHERE n.nspname = ? AND r.contype IN ('p', 'u', 'f', 'x')
      UNION ALL
      SELECT c.relname, i.relname, 'u',
        ARRAY(SELECT a.attname::text FROM unnest(x.indkey) WITH ORDINALITY k(num, at)
          JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = k.num
          WHERE x.indexprs IS NULL AND k.at <= x.indnkeyatts ORDER BY k.at),
        NULL, ARRAY[]::text[], pg_get_indexdef(x.indexrelid), x.indpred IS NULL
      FROM pg_index x
      JOIN pg_class c ON c.oid = x.indrelid
      JOIN pg_class i ON i.oid = x.indexrelid
      JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = ? AND x.indisunique
        AND NOT EXISTS (SELECT FROM pg_constraint r WHERE r.conindid = x.indexrelid)
      ORDER BY 1, 2
      """;

  private final Connection connection;
  private final String schema;

  private final Map<String, List<LiveColumn>> columns = new LinkedHashMap<>();
  private final Map<String, List<String>> primary = new LinkedHashMap<>();
  private final Map<String, List<ForeignKey>> foreign = new LinkedHashMap<>();
  private final Map<String, List<Unique>> unique = new LinkedHashMap<>();

  private Catalogue(Connection connection, String schema) {
    this.connection = connection;
    this.schema = schema;
  }

  /** The tables of a schema by their names. */
  public static Map<String, LiveTable> read(Connection connection, String schema)
      throws SQLException {
    return new Catalogue(connection, schema).read();
  }

  private Map<String, LiveTable> read() throws SQLException {
    readColumns();
    readKeys();
    Map<String, LiveTable> tables = new LinkedHashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(TABLES)) {
      statement.setString(1, schema);
      try (ResultSet results = statement.executeQuery()) {
        while (results.next()) {
          String name = results.getString(1);
          tables.put(
              name,
              new LiveTable(
                  name,
                  columns.getOrDefault(name, List.of()),
                  primary.getOrDefault(name, List.of()),
                  foreign.getOrDefault(name, List.of()),
                  unique.getOrDefault(name, List.of()),
                  results.getBoolean("ours"),
                  results.getBoolean("readable"),
                  results.getBoolean("writable"),
                  results.getBoolean("unlogged"),
                  Set.of((String[]) results.getArray("logged").getArray()),
                  results.getBoolean("deferred")));
        }
      }
    }
    return tables;
  }

  private void readColumns() throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
      statement.setString(1, schema);
      try (ResultSet results = statement.executeQuery()) {
        while (results.next()) {
          int at = 1;
          columns
              .computeIfAbsent(results.getString(at++), none -> new ArrayList<>())
              .add(
                  new LiveColumn(
                      results.getString(at++),
                      results.getString(at++),
                      results.getString(at++),
                      results.getString(at++),
                      results.getBoolean(at++),
                      filled(results.getString(at++), results.getString(at++)),
                      "a".equals(results.getString(at++)),
                      "s".equals(results.getString(at))));
        }
      }
    }
  }

  /** An identity has a sequence, and no default. */
  private static Optional<String> filled(@Nullable String byDefault, @Nullable String sequence) {
    return Optional.ofNullable(byDefault)
        .or(
            () ->
                Optional.ofNullable(sequence)
                    .map(name -> "nextval('" + name.replace("'", "''") + "'::regclass)"));
  }

  private void readKeys() throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(KEYS)) {
      statement.setString(1, schema);
      statement.setString(2, schema);
      try (ResultSet results = statement.executeQuery()) {
        while (results.next()) {
          note(results);
        }
      }
    }
  }

  private void note(ResultSet results) throws SQLException {
    String table = results.getString(1);
    String name = results.getString(2);
    List<String> names = texts(results, 4);
    switch (results.getString(3)) {
      case "p" -> primary.put(table, names);
      case "f" ->
          foreign
              .computeIfAbsent(table, none -> new ArrayList<>())
              .add(new ForeignKey(name, names, results.getString(5), texts(results, 6)));
      default ->
          unique
              .computeIfAbsent(table, none -> new ArrayList<>())
              .add(new Unique(name, names, results.getString(7), results.getBoolean(8)));
    }
  }

  private static List<String> texts(ResultSet results, int index) throws SQLException {
    return Arrays.asList((String[]) results.getArray(index).getArray());
  }
}
