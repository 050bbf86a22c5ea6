package org.skerry.postgres.schema;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.skerry.postgres.schema.LiveTable.Unique;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes a first mapping of what is there: every table with a primary key, references as the foreign
 * keys have them, names of relations from their ends. It is for a person to go over: what it cannot
 * know stands in comments.
 */
public final class Inspect {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Set<String> TEXTS = Set.of("varchar", "text", "bpchar", "citext");

  private final Map<String, LiveTable> tables;
  private final Habits habits;
  private final String schema;
  private final WideKeys keys;

  private Inspect(Map<String, LiveTable> tables, Habits habits, String schema) {
    this.tables = tables;
    this.habits = habits;
    this.schema = schema;
    this.keys = new WideKeys(tables);
  }

  /**
   * A first mapping of a schema.
   *
   * @param wanted which tables' rows are to travel; those that they refer to are there, too
   */
  public static ObjectNode mapping(Connection connection, String schema, Predicate<String> wanted)
      throws SQLException {
    Map<String, LiveTable> tables = Catalogue.read(connection, schema);
    return new Inspect(tables, Habits.of(connection, schema, tables), schema).mapping(wanted);
  }

  private ObjectNode mapping(Predicate<String> wanted) {
    Map<String, LiveTable> travelling = new LinkedHashMap<>();
    List<String> keyless = new ArrayList<>();
    List<String> bound = new ArrayList<>();
    for (LiveTable table : tables.values()) {
      if (wanted.test(table.name()) && !habits.isOwn(table.name())) {
        if (table.primaryKey().isEmpty()) {
          keyless.add(table.name());
        } else if (keys.isBound(table)) {
          bound.add(table.name());
        } else {
          travelling.put(table.name(), table);
        }
      }
    }
    Set<String> referred = referred(travelling);
    ArrayNode list = JSON.arrayNode();
    tables.values().stream()
        .filter(table -> referred.contains(table.name()))
        .forEach(table -> list.add(table(table, "none")));
    travelling.values().forEach(table -> list.add(table(table, "both")));
    ObjectNode mapping = JSON.objectNode().put("schema", schema);
    List<String> said = new ArrayList<>();
    if (!keyless.isEmpty()) {
      said.add("left out, because they have no primary keys: " + String.join(", ", keyless));
    }
    if (!bound.isEmpty()) {
      said.add(
          "left out, because they must refer to rows by numbers that mean nothing elsewhere: "
              + String.join(", ", bound));
    }
    if (!said.isEmpty()) {
      mapping.put("comment", String.join("; ", said));
    }
    mapping.set("tables", list);
    return mapping;
  }

  /** Tables whose rows do not travel and are referred to. */
  private Set<String> referred(Map<String, LiveTable> travelling) {
    Set<String> found = new HashSet<>();
    List<LiveTable> open = new ArrayList<>(travelling.values());
    while (!open.isEmpty()) {
      LiveTable table = open.removeFirst();
      boolean travels = travelling.containsKey(table.name());
      references(table)
          .forEach(
              (column, target) -> {
                boolean needed = travels || naturalName(table).contains(column);
                if (needed && !travelling.containsKey(target) && found.add(target)) {
                  Optional.ofNullable(tables.get(target)).ifPresent(open::add);
                }
              });
    }
    return found;
  }

  /** Tables by the columns that refer to their rows, stamps left out. */
  private Map<String, String> references(LiveTable table) {
    Map<String, String> found = new LinkedHashMap<>();
    for (LiveColumn column : table.columns()) {
      if (!habits.isStamp(column)) {
        Reference.of(tables, table, column.name())
            .ifPresent(target -> found.put(column.name(), target));
      }
    }
    return found;
  }

  private ObjectNode table(LiveTable table, String mode) {
    boolean travels = !mode.equals("none");
    List<String> natural = naturalName(table);
    ObjectNode json = JSON.objectNode().put("name", table.name()).put("mode", mode);
    json.set("key", key(table));
    json.set("row", row(table, natural, travels));
    ObjectNode columns = JSON.objectNode();
    ObjectNode references = JSON.objectNode();
    ObjectNode stamps = JSON.objectNode();
    ArrayNode local = JSON.arrayNode();
    Map<String, String> targets = references(table);
    for (LiveColumn column : table.columns()) {
      String name = column.name();
      boolean isKey =
          !natural.contains(name)
              && (table.primaryKey().equals(List.of(name)) || keys.isOwnNumber(table, name));
      if (habits.isStamp(column)) {
        stamps.set(name, stamp(name));
      } else if (travels
          && (column.generated()
              || habits.isTree(table, column)
              || keys.isOthersNumber(table, name))) {
        local.add(name);
      } else if (!isKey && (travels || natural.contains(name))) {
        if (targets.containsKey(name)) {
          references.put(name, targets.get(name));
        } else {
          columns.put(name, name);
        }
      }
    }
    put(json, "columns", columns);
    put(json, "references", references);
    if (travels) {
      put(json, "stamps", stamps);
      ArrayNode rules = collisions(table, natural, targets.keySet());
      keys.collision(table, natural).ifPresent(rules::add);
      put(json, "collisions", rules);
      put(json, "local", local);
    }
    comment(table, natural, travels).ifPresent(text -> json.put("comment", text));
    return json;
  }

  private static JsonNode key(LiveTable table) {
    if (table.primaryKey().size() == 1) {
      return JSON.stringNode(table.primaryKey().getFirst());
    }
    ArrayNode columns = JSON.arrayNode();
    table.primaryKey().forEach(columns::add);
    return columns;
  }

  private static void put(ObjectNode json, String name, JsonNode value) {
    if (!value.isEmpty()) {
      json.set(name, value);
    }
  }

  private static ObjectNode stamp(String name) {
    return switch (name) {
      case "create_date" -> JSON.objectNode().put("insert", "now");
      case "write_date" -> JSON.objectNode().put("update", "now");
      case "create_uid" -> JSON.objectNode().put("insert", 0);
      default -> JSON.objectNode().put("update", 0);
    };
  }

  private JsonNode row(LiveTable table, List<String> natural, boolean travels) {
    ObjectNode row = JSON.objectNode();
    if (!natural.isEmpty()) {
      ArrayNode names = row.putArray("natural");
      natural.forEach(names::add);
      return row;
    }
    Optional<String> model = habits.listedModel(table.name());
    if (model.isPresent()) {
      ObjectNode listed = row.putObject("listed").put("table", "ir_model_data").put("key", "db_id");
      listed.putObject("where").put("model", model.get());
      listed.putArray("columns").add("module").add("fs_id");
      return row;
    }
    return travels ? JSON.stringNode("uuid") : row.set("natural", JSON.arrayNode());
  }

  /**
   * Columns that name rows everywhere: the two ends of a relation that has nothing else, a key that
   * is a text, or a key of several columns that says the same everywhere. Of tables that do not
   * travel also a unique text.
   */
  private List<String> naturalName(LiveTable table) {
    if (table.primaryKey().size() > 1) {
      return keys.naturalName(table);
    }
    List<String> references = references(table).keySet().stream().sorted().toList();
    List<LiveColumn> others =
        table.columns().stream()
            .filter(column -> !table.primaryKey().contains(column.name()))
            .filter(column -> !habits.isStamp(column) && !references.contains(column.name()))
            .toList();
    if (others.isEmpty() && references.size() == 2) {
      return references;
    }
    String key = table.primaryKey().isEmpty() ? "" : table.primaryKey().getFirst();
    if (table.primaryKey().size() == 1 && isText(table, key)) {
      return List.of(key);
    }
    if (habits.listedModel(table.name()).isPresent()) {
      return List.of();
    }
    return habits.isOwn(table.name())
        ? table.uniques().stream()
            .filter(Unique::whole)
            .map(Unique::columns)
            .filter(columns -> columns.size() == 1 && isText(table, columns.getFirst()))
            .findFirst()
            .orElse(List.of())
        : List.of();
  }

  private static boolean isText(LiveTable table, String column) {
    return table.column(column).filter(one -> TEXTS.contains(one.type())).isPresent();
  }

  private ArrayNode collisions(LiveTable table, List<String> natural, Set<String> references) {
    ArrayNode found = JSON.arrayNode();
    for (Unique unique : table.uniques()) {
      Optional<String> yields =
          unique.columns().stream().filter(column -> !references.contains(column)).findFirst();
      if (yields.isEmpty() || Set.copyOf(unique.columns()).equals(Set.copyOf(natural))) {
        continue;
      }
      ObjectNode rule = JSON.objectNode();
      ArrayNode columns = rule.putArray("columns").add(yields.get());
      unique.columns().stream().filter(one -> !one.equals(yields.get())).forEach(columns::add);
      rule.put("rule", rule(table, unique, yields.get()));
      sequence(table, yields.get()).ifPresent(json -> rule.set("sequence", json));
      found.add(rule);
    }
    return found;
  }

  /** What counts a column's codes, by what fills it, or by what Tryton calls its sequences. */
  private Optional<JsonNode> sequence(LiveTable table, String column) {
    return habits
        .sequence(table.name(), column)
        .<JsonNode>map(name -> JSON.objectNode().put("tryton", name))
        .or(() -> table.column(column).flatMap(one -> SequenceHint.of(one, schema)));
  }

  /** Two rows of the same name are probably the same thing; two of the same number are not. */
  private static String rule(LiveTable table, Unique unique, String column) {
    if (!isText(table, column)) {
      return "renumber_local";
    }
    boolean named = column.equals("name") || unique.said().startsWith("EXCLUDE");
    return named ? "keep_central" : "suffix";
  }

  private boolean isCounted(LiveTable table, Unique unique) {
    return unique.columns().stream()
        .anyMatch(column -> habits.sequence(table.name(), column).isPresent());
  }

  private Optional<String> comment(LiveTable table, List<String> natural, boolean travels) {
    List<String> said = new ArrayList<>();
    if (!travels && natural.isEmpty() && habits.listedModel(table.name()).isEmpty()) {
      said.add("say in `row` by which columns its rows are known everywhere, or let it travel");
    }
    List<String> numbers =
        table.columns().stream()
            .map(LiveColumn::name)
            .filter(one -> travels && keys.isOthersNumber(table, one))
            .toList();
    if (!numbers.isEmpty()) {
      said.add(
          numbers
              + " mean rows by numbers that their tables give by themselves, together with other"
              + " columns: such references cannot travel");
    }
    if (travels && table.columns().stream().anyMatch(one -> habits.isTree(table, one))) {
      said.add("a tree: Tryton works out its places when it is written `via` its RPC");
    }
    if (travels && table.uniques().stream().anyMatch(one -> isCounted(table, one))) {
      said.add("which sequence gives its codes is guessed by the sequence's name");
    }
    if (travels && table.column("active").isPresent() && habits.isTryton()) {
      said.add(
          "if records are never really deleted: \"deletion\": {\"soft\": {\"column\":"
              + " \"active\"}}");
    }
    return said.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", said));
  }
}
