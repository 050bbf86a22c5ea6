package org.skerry.postgres.number;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.skerry.postgres.access.Sql;
import org.skerry.postgres.mapping.Numbering;
import org.skerry.postgres.mapping.Numbering.Source;

/**
 * Finds what counts a column's codes, as it is now. Tryton has a row for each of its sequences,
 * with the form of the codes; what counts is a sequence of PostgreSQL's beside it, or the row
 * itself.
 */
public final class Numberings {
  private static final String ROWS = "ir_sequence";
  private static final String STRICT = "ir_sequence_strict";
  private static final Pattern TRYTONS =
      Pattern.compile("(ir_sequence|ir_sequence_strict)_(\\d{1,9})");

  private final Connection connection;
  private final String schema;

  /** Looks in a schema. */
  public Numberings(Connection connection, String schema) {
    this.connection = connection;
    this.schema = schema;
  }

  /** What was found. */
  public sealed interface Sought {
    /** It counts, and may be moved. */
    record Found(Numbered numbered) implements Sought {}

    /** It should be there, and cannot be used. */
    record Missing(String why) implements Sought {}

    /** Nobody counts; where somebody should, it is said why. */
    record Uncounted(String why) implements Sought {}
  }

  /**
   * What counts a column's codes.
   *
   * @param said by the mapping; it goes before
   * @param filled how the column is filled
   */
  public Sought find(Optional<Numbering> said, Optional<String> filled) throws SQLException {
    if (said.isEmpty()) {
      Optional<FilledBy> rule = filled.flatMap(FilledBy::read);
      return rule.isEmpty()
          ? new Sought.Uncounted("")
          : sequence(
              rule.get().sequence(),
              CodeForm.plain(
                  rule.get().prefix(), rule.get().suffix(), Optional.of(rule.get().padding())),
              Numbering.USUAL_FURTHEST);
    }
    Numbering numbering = said.get();
    return switch (numbering.source()) {
      case Source.Named(String name) -> {
        Matcher trytons = TRYTONS.matcher(name);
        Optional<Sought> row =
            trytons.matches() && exists(trytons.group(1))
                ? row(trytons.group(1), Long.parseLong(trytons.group(2)), numbering.furthest())
                : Optional.empty();
        yield row.isPresent()
            ? row.get()
            : sequence(
                Sql.name(schema, name),
                CodeForm.plain(numbering.prefix(), numbering.suffix(), numbering.padding()),
                numbering.furthest());
      }
      case Source.Listed listed -> listed(listed, numbering.furthest());
    };
  }

  private Sought sequence(String place, CodeForm form, long furthest) throws SQLException {
    Optional<SequenceCounter> counter = SequenceCounter.find(connection, place);
    if (counter.isEmpty()) {
      return new Sought.Missing("there is no sequence " + SequenceCounter.name(place));
    }
    if (!counter.get().movable() || !counter.get().readable()) {
      return new Sought.Missing(
          "the login may not move " + counter.get() + ": GRANT USAGE, SELECT ON SEQUENCE");
    }
    return new Sought.Found(new Numbered(counter.get(), form, furthest));
  }

  private Sought listed(Source.Listed listed, long furthest) throws SQLException {
    Sought none = new Sought.Missing("there is no sequence " + listed + " of Tryton's");
    if (!exists("ir_model_data") || !exists(ROWS)) {
      return none;
    }
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT model, db_id FROM "
                + Sql.name(schema, "ir_model_data")
                + " WHERE module = ? AND fs_id = ?"
                + " AND model IN ('ir.sequence', 'ir.sequence.strict')")) {
      statement.setString(1, listed.module());
      statement.setString(2, listed.name());
      try (ResultSet found = statement.executeQuery()) {
        if (!found.next()) {
          return none;
        }
        String table = found.getString(1).replace('.', '_');
        return row(table, found.getLong(2), furthest).orElse(none);
      }
    }
  }

  /** A sequence of Tryton's by its row, if there is that row. */
  private Optional<Sought> row(String table, long id, long furthest) throws SQLException {
    String place = Sql.name(schema, table);
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT type, coalesce(prefix, ''), coalesce(suffix, ''), coalesce(padding, 0),"
                + " has_table_privilege(?, 'UPDATE') FROM "
                + place
                + " WHERE id = ?")) {
      statement.setString(1, place);
      statement.setLong(2, id);
      try (ResultSet found = statement.executeQuery()) {
        if (!found.next()) {
          return Optional.empty();
        }
        int at = 1;
        String type = found.getString(at++);
        CodeForm form =
            CodeForm.template(found.getString(at++), found.getString(at++), found.getInt(at++));
        if (!type.equals("incremental")) {
          return Optional.of(
              new Sought.Uncounted("its codes are times (" + type + "), and nobody counts them"));
        }
        if (!table.equals(STRICT)) {
          return Optional.of(sequence(Sql.name(schema, table + "_" + id), form, furthest));
        }
        return Optional.of(
            found.getBoolean(at)
                ? new Sought.Found(new Numbered(new StrictCounter(place, id), form, furthest))
                : new Sought.Missing("the login may not write " + table + ": GRANT UPDATE"));
      }
    }
  }

  private boolean exists(String table) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT to_regclass(?) IS NOT NULL")) {
      statement.setString(1, Sql.name(schema, table));
      try (ResultSet found = statement.executeQuery()) {
        return found.next() && found.getBoolean(1);
      }
    }
  }
}
