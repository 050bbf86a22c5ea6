package org.skerry.postgres.schema;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.skerry.postgres.access.Sql;

/**
 * What is known of applications beyond their tables. Of Tryton: which columns are stamps, which
 * tables are its own and not its users', and where the rows that came with its modules are listed.
 */
final class Habits {
  /** What no user of Tryton ever sees as a record, but records refer to. */
  private static final List<String> OWN = List.of("ir_", "res_", "babi_");

  private static final Set<String> STAMPS =
      Set.of("create_date", "write_date", "create_uid", "write_uid");

  private static final String LIST = "ir_model_data";

  /** A tree's places, which only Tryton itself can work out. */
  private static final Set<String> TREE = Set.of("left", "right");

  /** Where Tryton's models have what their sequences give. */
  private static final Set<String> CODES = Set.of("code", "number", "reference");

  /** How modules call the sequence of a model, mostly. */
  private static final String SEQUENCE = "sequence_";

  private final boolean tryton;

  /** Tryton's models by table, as far as they have rows that came with modules. */
  private final Map<String, String> models;

  /** Sequences that came with modules, by the tables whose codes they seem to be for. */
  private final Map<String, String> sequences;

  private Habits(boolean tryton, Map<String, String> models, Map<String, String> sequences) {
    this.tryton = tryton;
    this.models = Map.copyOf(models);
    this.sequences = Map.copyOf(sequences);
  }

  static Habits of(Connection connection, String schema, Map<String, LiveTable> tables)
      throws SQLException {
    LiveTable list = tables.get(LIST);
    boolean tryton =
        list != null
            && List.of("module", "fs_id", "model", "db_id").stream()
                .allMatch(column -> list.column(column).isPresent());
    Map<String, String> models = new HashMap<>();
    Map<String, String> sequences = new HashMap<>();
    if (tryton) {
      readSequences(connection, schema, sequences);
      try (Statement statement = connection.createStatement();
          ResultSet results =
              statement.executeQuery(
                  "SELECT DISTINCT model FROM " + Sql.name(schema, LIST) + " WHERE model <> ''")) {
        while (results.next()) {
          String model = results.getString(1);
          models.put(model.replace('.', '_').replace('-', '_'), model);
        }
      }
    }
    return new Habits(tryton, models, sequences);
  }

  private static void readSequences(
      Connection connection, String schema, Map<String, String> sequences) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet results =
            statement.executeQuery(
                "SELECT module, fs_id FROM "
                    + Sql.name(schema, LIST)
                    + " WHERE model IN ('ir.sequence', 'ir.sequence.strict')"
                    + " ORDER BY fs_id DESC")) {
      while (results.next()) {
        String name = results.getString(2);
        if (name.startsWith(SEQUENCE)) {
          String model = name.substring(SEQUENCE.length());
          sequences.put(results.getString(1) + "_" + model, results.getString(1) + "." + name);
        }
      }
    }
  }

  /** The sequence that seems to give a column's codes. */
  Optional<String> sequence(String table, String column) {
    return CODES.contains(column) ? Optional.ofNullable(sequences.get(table)) : Optional.empty();
  }

  boolean isTryton() {
    return tryton;
  }

  /** Whether a table is the application's own business. */
  boolean isOwn(String table) {
    return tryton && OWN.stream().anyMatch(table::startsWith);
  }

  boolean isStamp(LiveColumn column) {
    return tryton && STAMPS.contains(column.name());
  }

  boolean isTree(LiveTable table, LiveColumn column) {
    return tryton
        && TREE.contains(column.name())
        && TREE.stream().allMatch(name -> table.column(name).isPresent());
  }

  /** The model whose rows are listed, if any are. */
  Optional<String> listedModel(String table) {
    return Optional.ofNullable(models.get(table));
  }
}
