package org.skerry.mango;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skerry.mango.MangoException.Kind;
import org.skerry.selector.FieldPath;
import org.skerry.selector.InvalidSelectorException;
import org.skerry.selector.Selector;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The body of a design document in the language {@code query}, each of whose views is an index, in
 * the shape of {@code mango_idx_view}:
 *
 * <pre>{@code
 * {"language": "query",
 *  "views": {"NAME": {
 *    "map": {"fields": {"a": "asc"}, "partial_filter_selector": {}},
 *    "reduce": "_count",
 *    "options": {"def": {"fields": ["a"]}}}}}
 * }</pre>
 */
final class IndexDesign {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final String id;
  private final JsonNode body;

  IndexDesign(String id, JsonNode body) {
    this.id = id;
    this.body = body;
  }

  /** One without indexes. */
  static IndexDesign fresh(String id) {
    return new IndexDesign(id, JSON.objectNode().put("language", "query"));
  }

  JsonNode body() {
    return body;
  }

  boolean isQuery() {
    return body.path("language").asString("").equals("query");
  }

  /** Whether nothing is left in it but its language. */
  boolean isBare() {
    return body.size() == 1 && isQuery();
  }

  /** The indexes in it. Views that define none are left out, as CouchDB leaves them out. */
  List<MangoIndex.Json> indexes() {
    List<MangoIndex.Json> indexes = new ArrayList<>();
    if (isQuery()) {
      boolean partitioned = body.path("options").path("partitioned").asBoolean(false);
      for (Map.Entry<String, JsonNode> view : body.path("views").properties()) {
        definition(view.getValue())
            .map(found -> new MangoIndex.Json(id, view.getKey(), found, partitioned))
            .ifPresent(indexes::add);
      }
    }
    return indexes;
  }

  private static Optional<IndexDefinition> definition(JsonNode view) {
    JsonNode map = view.path("map");
    JsonNode fields = map.path("fields");
    if (!fields.isObject() || !view.path("options").isObject()) {
      return Optional.empty();
    }
    JsonNode filter = map.path("partial_filter_selector");
    try {
      Sort columns = Sort.ofMembers(fields);
      columns.names().forEach(FieldPath::parse);
      if (filter.isMissingNode() || filter.isEmpty() && filter.isContainer()) {
        return Optional.of(new IndexDefinition(columns, JSON.objectNode()));
      }
      Selector.parse(filter);
      return Optional.of(new IndexDefinition(columns, NormalSelector.of(filter).json()));
    } catch (InvalidSelectorException e) {
      return Optional.empty();
    }
  }

  /**
   * The same with an index more, or with the index in the place of its namesake.
   *
   * @param isNew whether the document is yet to be created
   * @throws MangoException when this cannot be added to what is there
   */
  IndexDesign with(IndexRequest request, boolean isNew) {
    if (!isQuery()) {
      throw MangoException.bad(
          "invalid_ddoc_lang",
          "Existing design doc has an invalid language: " + body.path("language"));
    }
    ObjectNode changed = copy();
    ObjectNode views =
        changed.get("views") instanceof ObjectNode existing ? existing : JSON.objectNode();
    views.set(request.name(), view(request));
    changed.set("views", views);
    partition(changed, request.partitioned(), isNew);
    return new IndexDesign(id, changed);
  }

  private static ObjectNode view(IndexRequest request) {
    ObjectNode view = JSON.objectNode();
    ObjectNode map = view.putObject("map");
    ObjectNode fields = map.putObject("fields");
    Sort columns = request.definition().fields();
    columns.names().forEach(name -> fields.put(name, columns.descending() ? "desc" : "asc"));
    map.set("partial_filter_selector", request.definition().filterJson());
    view.put("reduce", "_count");
    view.putObject("options").set("def", request.source());
    return view;
  }

  private void partition(ObjectNode changed, Optional<Boolean> wanted, boolean isNew) {
    JsonNode present = body.path("options").path("partitioned");
    Optional<Boolean> given =
        present.isBoolean() ? Optional.of(present.booleanValue()) : Optional.empty();
    if (wanted.equals(given)) {
      return;
    }
    if (!isNew) {
      throw MangoException.bad(
          "invalid_partitioned_option",
          "Requested partitioned option does not match existing value on design document " + id);
    }
    wanted.ifPresent(value -> changed.putObject("options").put("partitioned", value));
  }

  /**
   * The same without that index.
   *
   * @throws MangoException when it is not in it
   */
  IndexDesign without(String name) {
    ObjectNode changed = copy();
    if (!(changed.get("views") instanceof ObjectNode views) || views.remove(name) == null) {
      throw new MangoException(
          Kind.NOT_FOUND, "invalid_index", "JSON index " + name + " not found in this design doc.");
    }
    if (views.isEmpty()) {
      changed.remove("views");
    }
    return new IndexDesign(id, changed);
  }

  private ObjectNode copy() {
    return (ObjectNode) body.deepCopy();
  }
}
