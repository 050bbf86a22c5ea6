package org.skerry.mango;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.StringNode;

/** The answer of {@code _explain}, in the form of {@code mango_cursor:explain}. */
public final class Explanation {
  private static final StringNode MAX = StringNode.valueOf("<MAX>");
  private static final StringNode MIN = StringNode.valueOf("");

  private final String database;
  private final Plan plan;
  private final FindRequest request;

  /** What a plan means for a database of that name. */
  public Explanation(String database, Plan plan) {
    this.database = database;
    this.plan = plan;
    this.request = plan.request();
  }

  /** Writes it as one object. */
  public void write(JsonGenerator out) {
    out.writeStartObject();
    out.writeStringProperty("dbname", database);
    out.writeName("index");
    plan.index().ifPresentOrElse(index -> index.write(out), out::writeNull);
    out.writeBooleanProperty("partitioned", false);
    out.writeName("selector");
    out.writeRawValue(request.normal().json().toString());
    out.writeName("opts");
    writeOptions(out);
    out.writeNumberProperty("limit", request.limit());
    out.writeNumberProperty("skip", request.skip());
    writeTexts(out, "fields", request.fields());
    out.writeArrayPropertyStart("index_candidates");
    plan.rejected().forEach(rejection -> write(out, rejection));
    out.writeEndArray();
    writeHints(out);
    plan.index().ifPresent(index -> writeArguments(out, index));
    out.writeEndObject();
  }

  private void writeOptions(JsonGenerator out) {
    out.writeStartObject();
    out.writeName("use_index");
    request
        .useIndex()
        .ifPresentOrElse(wanted -> wanted.write(out), () -> writeTexts(out, List.of()));
    out.writeStringProperty(
        "bookmark", request.bookmark().map(Bookmark::toString).orElse(Bookmark.NONE));
    out.writeNumberProperty("limit", request.limit());
    out.writeNumberProperty("skip", request.skip());
    out.writeName("sort");
    request.sort().writeMembers(out);
    writeTexts(out, "fields", request.fields());
    out.writeStringProperty("partition", "");
    out.writeNumberProperty("r", request.r());
    out.writeBooleanProperty("conflicts", request.conflicts());
    if (request.stale()) {
      out.writeStringProperty("stale", "ok");
    } else {
      out.writeBooleanProperty("stale", false);
    }
    out.writeBooleanProperty("update", request.update());
    out.writeBooleanProperty("stable", request.stable());
    out.writeBooleanProperty("execution_stats", request.executionStats());
    out.writeBooleanProperty("allow_fallback", request.allowFallback());
    out.writeEndObject();
  }

  private void write(JsonGenerator out, Plan.Rejection rejection) {
    out.writeStartObject();
    out.writeName("index");
    rejection.index().write(out);
    out.writeObjectPropertyStart("analysis");
    out.writeBooleanProperty("usable", rejection.usable());
    out.writeArrayPropertyStart("reasons");
    out.writeStartObject();
    out.writeStringProperty("name", rejection.reason().name().toLowerCase(Locale.ROOT));
    out.writeEndObject();
    out.writeEndArray();
    out.writeNumberProperty("ranking", rejection.ranking());
    if (rejection.index() instanceof MangoIndex.Json) {
      out.writeBooleanProperty("covering", Coverage.of(rejection.index(), request).coversShown());
    } else {
      out.writeNullProperty("covering");
    }
    out.writeEndObject();
    out.writeEndObject();
  }

  private void writeHints(JsonGenerator out) {
    Collection<String> indexable = request.normal().indexableFields();
    Collection<String> others = new TreeSet<>(request.normal().fields());
    others.removeAll(indexable);
    out.writeArrayPropertyStart("selector_hints");
    out.writeStartObject();
    out.writeStringProperty("type", "json");
    writeTexts(out, "indexable_fields", indexable);
    writeTexts(out, "unindexable_fields", others);
    out.writeEndObject();
    out.writeEndArray();
  }

  private void writeArguments(JsonGenerator out, MangoIndex index) {
    boolean descending = request.sort().descending();
    boolean covering = plan.isCovering();
    JsonNode low = plan.isEmpty() ? JsonNodeFactory.instance.nullNode() : low(index);
    JsonNode high = plan.isEmpty() ? JsonNodeFactory.instance.nullNode() : high(index);
    out.writeObjectPropertyStart("mrargs");
    out.writeBooleanProperty("include_docs", !covering && !request.readsApart());
    out.writeStringProperty("view_type", "map");
    out.writeBooleanProperty("reduce", false);
    out.writeNullProperty("partition");
    out.writeName("start_key");
    out.writeRawValue((descending ? high : low).toString());
    out.writeName("end_key");
    out.writeRawValue((descending ? low : high).toString());
    out.writeStringProperty("direction", descending ? "rev" : "fwd");
    out.writeBooleanProperty("stable", request.stable() || request.stale());
    out.writeBooleanProperty("update", request.updates());
    if (request.conflicts()) {
      out.writeBooleanProperty("conflicts", true);
    } else {
      out.writeStringProperty("conflicts", "undefined");
    }
    out.writeEndObject();
    out.writeBooleanProperty("covering", covering);
  }

  private JsonNode low(MangoIndex index) {
    return switch (index) {
      case MangoIndex.AllDocs _ ->
          end(plan.ranges().stream().findFirst().map(FieldRange::low))
              .orElse(plan.ranges().isEmpty() ? JsonNodeFactory.instance.nullNode() : MIN);
      case MangoIndex.Json json -> array(KeyRange.of(json.columns(), plan.ranges()).from());
    };
  }

  private JsonNode high(MangoIndex index) {
    return switch (index) {
      case MangoIndex.AllDocs _ ->
          end(plan.ranges().stream().findFirst().map(FieldRange::high)).orElse(MAX);
      case MangoIndex.Json json -> array(KeyRange.of(json.columns(), plan.ranges()).to()).add(MAX);
    };
  }

  private static Optional<JsonNode> end(Optional<Optional<FieldRange.Bound>> bound) {
    return bound.flatMap(end -> end).map(FieldRange.Bound::value);
  }

  private static ArrayNode array(List<JsonNode> elements) {
    return JsonNodeFactory.instance.arrayNode().addAll(new ArrayList<>(elements));
  }

  private static void writeTexts(JsonGenerator out, String name, Collection<String> texts) {
    out.writeName(name);
    writeTexts(out, texts);
  }

  private static void writeTexts(JsonGenerator out, Collection<String> texts) {
    out.writeStartArray();
    texts.forEach(out::writeString);
    out.writeEndArray();
  }
}
