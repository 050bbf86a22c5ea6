package org.skerry.postgres.mapping;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.skerry.scope.InvalidScopeException;
import org.skerry.scope.ScopeRules;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads a mapping, and looks whether its tables agree with each other. */
public final class MappingReader {
  private static final int MOST_TABLES = 2_000;

  /** Where a table's scope stands once it is a rule. */
  private static final String RULE = "/rules/0";

  private final Members members;
  private final List<String> problems;

  private MappingReader(JsonNode json, String place, List<String> problems) {
    this.members = new Members(json, place, problems);
    this.problems = problems;
  }

  /**
   * The mapping that an object describes.
   *
   * @throws InvalidMappingException when it describes none; all faults are named
   */
  public static Mapping read(JsonNode json) {
    List<String> problems = new ArrayList<>();
    Mapping mapping = read(json, "mapping", problems);
    if (!problems.isEmpty()) {
      throw new InvalidMappingException(problems);
    }
    return mapping;
  }

  /**
   * The mapping that an object describes, as far as it does.
   *
   * @param place where it stands
   * @param problems what is wrong with it is added here
   */
  public static Mapping read(JsonNode json, String place, List<String> problems) {
    return new MappingReader(json, place, problems).mapping();
  }

  private Mapping mapping() {
    members.only(Set.of("schema", "tables", "comment"));
    String schema = members.name("schema").orElse(Mapping.USUAL_SCHEMA);
    List<Table> tables = new ArrayList<>();
    JsonNode list = members.node("tables");
    if (!list.isArray() || list.isEmpty() || list.size() > MOST_TABLES) {
      members.wrong("tables", "must be a list of 1 to " + MOST_TABLES + " tables");
      return new Mapping(schema, List.of());
    }
    int index = 0;
    for (JsonNode json : list) {
      String named = json.path("name").asString("");
      String place = named.isEmpty() ? "tables[" + index + "]" : "tables[" + named + "]";
      tables.add(new TableReader(new Members(json, place, problems)).table());
      index++;
    }
    Mapping mapping = new Mapping(schema, tables);
    agree(mapping);
    return mapping;
  }

  private void agree(Mapping mapping) {
    Set<String> names = new HashSet<>();
    Map<String, String> types = new HashMap<>();
    for (Table table : mapping.tables()) {
      if (!names.add(table.name()) && !table.name().isEmpty()) {
        problems.add("table `" + table.name() + "` is there twice");
      }
      String other = types.putIfAbsent(table.type(), table.name());
      if (other != null && !other.equals(table.name())) {
        problems.add(
            "tables `"
                + other
                + "` and `"
                + table.name()
                + "` have the same type `"
                + table.type()
                + "`");
      }
    }
    for (Table table : mapping.tables()) {
      for (String parent : table.parents()) {
        refer(mapping, table, parent);
      }
      scope(table);
      if (table.rowName() instanceof RowName.Natural) {
        nameEnds(mapping, table, new HashSet<>());
      }
    }
  }

  private void refer(Mapping mapping, Table table, String parent) {
    Optional<Table> target = mapping.table(parent);
    if (target.isEmpty()) {
      problems.add(
          "table `"
              + table.name()
              + "` refers to `"
              + parent
              + "`, which is not mapped: map it (mode none is enough where its rows have a name"
              + " of their own), or leave the column out");
    } else if (target.get().mode() == Mode.NONE && target.get().rowName() instanceof RowName.Uuid) {
      problems.add(
          "table `"
              + table.name()
              + "` refers to `"
              + parent
              + "`, whose rows do not travel and have no name that is the same everywhere: give it"
              + " a natural name or another mode");
    } else if (!target.get().key().isSingle()) {
      problems.add(
          "table `"
              + table.name()
              + "` refers by one column to `"
              + parent
              + "`, whose key has several: map each column of that foreign key by itself, as `"
              + parent
              + "` maps its own");
    }
  }

  private void scope(Table table) {
    if (table.scope().isPresent()) {
      ObjectNode scope = JsonNodeFactory.instance.objectNode();
      scope.putArray("rules").add(TypeRules.of(table.type(), table.scope().get()));
      try {
        ScopeRules.parse(scope);
      } catch (InvalidScopeException e) {
        String place = e.pointer().substring(RULE.length());
        problems.add(
            "the scope of table `"
                + table.name()
                + (place.isEmpty() ? "`: " : "`, at `" + place + "`: ")
                + e.why());
      }
    }
  }

  /** A name made of other rows' names must come to an end; a tree's does, at its root. */
  private void nameEnds(Mapping mapping, Table table, Set<String> passed) {
    if (!passed.add(table.name())) {
      problems.add("the name of `" + table.name() + "` is made of itself");
      return;
    }
    if (table.rowName() instanceof RowName.Natural(List<String> columns)) {
      for (String name : columns) {
        table
            .column(name)
            .map(Column::content)
            .filter(Column.Reference.class::isInstance)
            .flatMap(content -> mapping.table(((Column.Reference) content).table()))
            .filter(next -> !next.name().equals(table.name()))
            .ifPresent(next -> nameEnds(mapping, next, new HashSet<>(passed)));
      }
    }
  }
}
