package org.skerry.postgres.rpc;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.skerry.postgres.mapping.Via;
import org.skerry.postgres.rpc.RpcAnswer.Reason;
import org.skerry.postgres.rpc.RpcAnswer.Refused;
import org.skerry.postgres.rpc.RpcAnswer.Result;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Rows that the application itself writes: with its defaults, rules, translations, caches and
 * hooks, none of which SQL would know of. Each call is one transaction there.
 *
 * <p>Members come by column, with local ids as references. Any thread may call.
 */
public final class RpcRows {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final RpcSession session;
  private final RpcModels models;

  public RpcRows(RpcSession session) {
    this.session = session;
    this.models = new RpcModels(session);
  }

  /** A row that is there, and what it is to say. */
  public record Row(long id, Map<String, JsonNode> members) {}

  /** Two rows that a relation connects. */
  public record Pair(long parent, long child) {}

  /** Creates rows of a model, in their order. */
  public RpcOutcome create(String model, List<Map<String, JsonNode>> rows) {
    ArrayNode values = JSON.arrayNode();
    try {
      rows.forEach(row -> values.add(values(model, row)));
    } catch (IllegalArgumentException e) {
      return new RpcOutcome.Refused(Reason.RULE, String.valueOf(e.getMessage()));
    }
    return outcome(
        session.call(model, "create", values),
        result -> {
          List<Long> ids = new ArrayList<>();
          result.forEach(id -> ids.add(id.asLong()));
          return ids;
        });
  }

  /**
   * Writes rows of a model that are there.
   *
   * @param seen each row's stamp when it was looked at: what somebody wrote since is not
   *     overwritten
   */
  public RpcOutcome write(String model, List<Row> rows, Map<Long, String> seen) {
    List<JsonNode> arguments = new ArrayList<>();
    try {
      for (Row row : rows) {
        arguments.add(JSON.arrayNode().add(row.id()));
        arguments.add(values(model, row.members()));
      }
    } catch (IllegalArgumentException e) {
      return new RpcOutcome.Refused(Reason.RULE, String.valueOf(e.getMessage()));
    }
    List<Long> ids = rows.stream().map(Row::id).toList();
    JsonNode[] all = arguments.toArray(JsonNode[]::new);
    return outcome(session.call(model, "write", stamped(model, ids, seen), all), result -> ids);
  }

  /** Deletes rows of a model that nobody wrote since they were looked at. */
  public RpcOutcome delete(String model, List<Long> ids, Map<Long, String> seen) {
    return outcome(
        session.call(model, "delete", stamped(model, ids, seen), numbers(ids)), result -> ids);
  }

  /**
   * Connects rows, or parts them, in lists of their parents: a relation has no rows that the
   * application would let anybody write.
   *
   * @param parent the model with the list
   * @param verb {@code add} or {@code remove}
   * @return the parents, in the order of the pairs
   */
  public RpcOutcome relate(String parent, Via.Through through, String verb, List<Pair> pairs) {
    Map<Long, List<Long>> children = new HashMap<>();
    pairs.forEach(
        pair -> children.computeIfAbsent(pair.parent(), id -> new ArrayList<>()).add(pair.child()));
    List<JsonNode> arguments = new ArrayList<>();
    children.forEach(
        (id, ids) -> {
          arguments.add(JSON.arrayNode().add(id));
          ArrayNode change = JSON.arrayNode().add(verb).add(numbers(ids));
          ObjectNode values = JSON.objectNode();
          values.set(through.field(), JSON.arrayNode().add(change));
          arguments.add(values);
        });
    return outcome(
        session.call(parent, "write", arguments.toArray(JsonNode[]::new)),
        result -> pairs.stream().map(Pair::parent).toList());
  }

  /**
   * The stamps of rows, by which the application tells whether somebody wrote them since; rows that
   * are not there have none.
   */
  public Map<Long, String> stamps(String model, List<Long> ids) {
    ArrayNode domain = JSON.arrayNode().add(JSON.arrayNode().add("id").add("in").add(numbers(ids)));
    // A row that does not count any more is still there.
    ObjectNode all = JSON.objectNode().put("active_test", false);
    JsonNode rows =
        session
            .call(
                model,
                "search_read",
                all,
                domain,
                JSON.numberNode(0),
                JSON.nullNode(),
                JSON.nullNode(),
                JSON.arrayNode().add("id").add("_timestamp"))
            .orThrow();
    Map<Long, String> found = new HashMap<>();
    rows.forEach(row -> found.put(row.path("id").asLong(), row.path("_timestamp").asString("")));
    return found;
  }

  private static ArrayNode numbers(List<Long> ids) {
    ArrayNode numbers = JSON.arrayNode();
    ids.forEach(numbers::add);
    return numbers;
  }

  private static ObjectNode stamped(String model, List<Long> ids, Map<Long, String> seen) {
    ObjectNode context = JSON.objectNode();
    ObjectNode stamps = JSON.objectNode();
    for (Long id : ids) {
      String stamp = seen.get(id);
      if (stamp != null) {
        stamps.put(model + "," + id, stamp);
      }
    }
    context.set("_timestamp", stamps);
    return context;
  }

  private static RpcOutcome outcome(RpcAnswer answer, Function<JsonNode, List<Long>> ids) {
    return switch (answer) {
      case Result(JsonNode value) -> new RpcOutcome.Written(ids.apply(value));
      case Refused(Reason reason, String message) -> new RpcOutcome.Refused(reason, message);
    };
  }

  private ObjectNode values(String model, Map<String, JsonNode> members) {
    Map<String, RpcField> fields = models.fields(model);
    ObjectNode values = JSON.objectNode();
    members.forEach(
        (name, value) -> {
          RpcField field = fields.get(name);
          if (field == null) {
            throw new IllegalArgumentException("model " + model + " has no field " + name);
          }
          values.set(name, RpcValues.of(field, value));
        });
    return values;
  }
}
