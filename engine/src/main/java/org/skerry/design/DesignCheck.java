package org.skerry.design;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.skerry.database.WriteGuard.Verdict;
import org.skerry.document.Body;
import org.skerry.script.ScriptException;
import org.skerry.script.Scripts;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeType;

/**
 * Whether a design document has the form that CouchDB accepts ({@code couch_mrview:validate}):
 * members of the right types, and views whose functions compile.
 */
final class DesignCheck {
  private static final Pattern BUILT_IN =
      Pattern.compile("_(sum|count|stats|approx_count_distinct|first|last|(top|bottom)_\\d+).*");

  private static final Set<JsonNodeType> TEXT = Set.of(JsonNodeType.STRING);
  private static final Set<JsonNodeType> OBJECT = Set.of(JsonNodeType.OBJECT);
  private static final Set<JsonNodeType> TEXT_OR_OBJECT =
      Set.of(JsonNodeType.STRING, JsonNodeType.OBJECT);
  private static final Set<JsonNodeType> TEXT_OR_LIST =
      Set.of(JsonNodeType.STRING, JsonNodeType.ARRAY);

  private final Scripts scripts;

  DesignCheck(Scripts scripts) {
    this.scripts = scripts;
  }

  /** What is wrong; ends the check at once. */
  private static final class Wrong extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String error;

    Wrong(String error, String reason) {
      super(reason, null, false, false);
      this.error = error;
    }
  }

  /**
   * What is wrong with a design document.
   *
   * @param compile whether its views' functions are compiled
   */
  Optional<Verdict.Refuse> problem(Body body, boolean compile) {
    JsonNode design = DesignJson.read(body.json());
    try {
      types(design);
      if (compile && design.path("language").asString("javascript").equals("javascript")) {
        compile(design.path("views"));
      }
      return Optional.empty();
    } catch (Wrong e) {
      return Optional.of(new Verdict.Refuse(e.error, String.valueOf(e.getMessage())));
    }
  }

  private static void types(JsonNode design) {
    for (String functions : List.of("filters", "lists", "shows", "updates")) {
      type(design, functions, functions, OBJECT, "object");
      design
          .path(functions)
          .properties()
          .forEach(
              entry ->
                  type(
                      design.path(functions),
                      entry.getKey(),
                      functions + "." + entry.getKey(),
                      TEXT_OR_OBJECT,
                      "string or object"));
    }
    type(design, "language", "language", TEXT, "string");
    type(design, "options", "options", OBJECT, "object");
    type(design, "rewrites", "rewrites", TEXT_OR_LIST, "array or string");
    type(design, "validate_doc_update", "validate_doc_update", TEXT, "string");
    type(design, "views", "views", OBJECT, "object");
    boolean query = design.path("language").asString("").equals("query");
    for (Map.Entry<String, JsonNode> view : design.path("views").properties()) {
      String place = "views." + view.getKey();
      type(design.path("views"), view.getKey(), place, OBJECT, "object");
      if (!view.getKey().equals("lib")) {
        view(view.getKey(), view.getValue(), place, query);
      }
    }
  }

  private static void view(String name, JsonNode view, String place, boolean query) {
    type(view, "map", place + ".map", query ? OBJECT : TEXT, query ? "object" : "string");
    type(view, "reduce", place + ".reduce", TEXT, "string");
    if (view.path("map").isMissingNode()) {
      throw new Wrong("invalid_design_doc", "View `" + name + "` must contain map function");
    }
  }

  private static void type(
      JsonNode parent, String member, String place, Set<JsonNodeType> types, String words) {
    JsonNode node = parent.path(member);
    if (!node.isMissingNode() && !types.contains(node.getNodeType())) {
      throw new Wrong("invalid_design_doc", "`" + place + "` field must have " + words + " type");
    }
  }

  private void compile(JsonNode views) {
    Optional<JsonNode> lib = Optional.of(views.path("lib")).filter(JsonNode::isObject);
    for (Map.Entry<String, JsonNode> view : views.properties()) {
      if (!view.getKey().equals("lib")) {
        compiles("map", view.getKey(), () -> compileMap(view.getValue(), lib));
        reduce(view.getKey(), view.getValue().path("reduce"));
      }
    }
  }

  private void compileMap(JsonNode view, Optional<JsonNode> lib) {
    scripts.maps(List.of(view.path("map").asString()), lib).close();
  }

  private void reduce(String view, JsonNode reduce) {
    if (!reduce.isString()) {
      return;
    }
    String source = reduce.asString();
    if (!source.startsWith("_")) {
      compiles("reduce", view, () -> scripts.reduce(source).close());
    } else if (!BUILT_IN.matcher(source).matches()) {
      throw new Wrong("invalid_design_doc", "`" + source + "` is not a supported reduce function.");
    }
  }

  private static void compiles(String type, String view, Runnable compilation) {
    try {
      compilation.run();
    } catch (ScriptException e) {
      throw new Wrong(
          "compilation_error",
          "Compilation of the "
              + type
              + " function in the '"
              + view
              + "' view failed: "
              + e.getMessage());
    }
  }
}
