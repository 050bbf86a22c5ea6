package org.skerry.postgres.task;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.skerry.database.Author;
import org.skerry.database.Database;
import org.skerry.database.NewRevision;
import org.skerry.database.WriteResult;
import org.skerry.document.Body;
import org.skerry.document.DocId;
import org.skerry.json.JsonIn;
import org.skerry.postgres.Satellite;
import org.skerry.postgres.mapping.Table;
import org.skerry.postgres.mapping.TypeRules;
import org.skerry.revision.RevId;
import org.skerry.scope.ScopeRules;
import org.skerry.store.Fields;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gives a satellite's database the rules that its mapping has for conflicts and scopes. They are
 * added where there are none of theirs, and nothing is ever taken away: what a person made of them
 * since counts.
 */
final class Rules {
  private static final Logger LOG = LoggerFactory.getLogger(Rules.class);
  private static final JsonMapper MAPPER = JsonIn.mapper();
  private static final DocId POLICY = DocId.of("_design/conflicts");
  private static final String MEMBER = "conflicts";
  private static final String RULES = "rules";

  private final Satellite satellite;
  private final Database database;
  private final Scoping scoping;

  Rules(Satellite satellite, Database database, Scoping scoping) {
    this.satellite = satellite;
    this.database = database;
    this.scoping = scoping;
  }

  /** Adds what is not there. */
  void add() {
    policy();
    scope();
  }

  private void policy() {
    List<Table> ruled =
        satellite.mapping().tables().stream().filter(one -> one.policy().isPresent()).toList();
    if (ruled.isEmpty()) {
      return;
    }
    Optional<RevId> parent = Optional.empty();
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    List<Current> found = new ArrayList<>(1);
    database
        .store()
        .load(
            List.of(POLICY),
            Fields.WINNER,
            there -> {
              if (!there.deleted()) {
                found.add(
                    new Current(
                        there.winner().rev(),
                        (ObjectNode) MAPPER.readTree(there.revisions().getFirst().body().json())));
              }
              return true;
            });
    if (!found.isEmpty()) {
      parent = Optional.of(found.getFirst().rev());
      document = found.getFirst().json();
    }
    ArrayNode rules = document.withObjectProperty(MEMBER).withArrayProperty(RULES);
    Set<String> names = new HashSet<>();
    rules.forEach(rule -> names.add(rule.path("name").asString("")));
    boolean changed = false;
    for (Table table : ruled) {
      String name = "rows of " + table.type();
      if (names.add(name)) {
        ObjectNode rule = JsonNodeFactory.instance.objectNode().put("name", name);
        rules.add(rule.setAll(TypeRules.of(table.type(), table.policy().orElseThrow())));
        changed = true;
      }
    }
    if (changed) {
      write(parent, document);
    }
  }

  private record Current(RevId rev, ObjectNode json) {}

  private void write(Optional<RevId> parent, ObjectNode document) {
    Body body = Body.ofTrusted(document.toString().getBytes(StandardCharsets.UTF_8));
    WriteResult result =
        database.update(new NewRevision(POLICY, parent, false, body, List.of()), Author.SYSTEM);
    if (!(result instanceof WriteResult.Written)) {
      LOG.warn(
          "the policy of database {} does not get the rules of satellite {}: {}",
          database.name(),
          satellite.name(),
          result);
    }
  }

  private void scope() {
    ArrayNode rules = JsonNodeFactory.instance.arrayNode();
    database
        .scope()
        .ifPresent(current -> MAPPER.readTree(current.json()).path(RULES).forEach(rules::add));
    int before = rules.size();
    for (Table table : satellite.mapping().tables()) {
      table
          .scope()
          .map(rule -> TypeRules.of(table.type(), rule))
          .filter(rule -> !isThere(rules, rule))
          .ifPresent(rules::add);
    }
    if (rules.size() > before) {
      ObjectNode scope = JsonNodeFactory.instance.objectNode();
      scope.set(RULES, rules);
      // Those that are there were taken by the rules of their time, and the mapping's were checked.
      byte[] json = scope.toString().getBytes(StandardCharsets.UTF_8);
      scoping.set(database, ScopeRules.decode(json));
    }
  }

  private static boolean isThere(ArrayNode rules, JsonNode rule) {
    return rules.valueStream().anyMatch(one -> one.path("selector").equals(rule.path("selector")));
  }
}
