package org.skerry.script;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What functions emitted, for tests. */
final class Mapped implements EmitSink {
  private static final JsonMapper MAPPER = new JsonMapper();

  private final List<String> rows = new ArrayList<>();
  private final List<ScriptException> failures = new ArrayList<>();

  static byte[] bytes(String json) {
    return json.getBytes(StandardCharsets.UTF_8);
  }

  static JsonNode json(String json) {
    return MAPPER.readTree(json);
  }

  /** Runs one function on one document. */
  static Mapped by(Scripts scripts, String source, String document) {
    try (MapScript script = scripts.maps(List.of(source), Optional.empty())) {
      Mapped mapped = new Mapped();
      script.run(bytes(document), mapped);
      return mapped;
    }
  }

  /** What an expression is, as JSON. */
  static String value(Scripts scripts, String expression) {
    Mapped mapped = by(scripts, "function (doc) { emit(" + expression + "); }", "{}");
    mapped.failures.forEach(
        failure -> {
          throw failure;
        });
    String row = mapped.rows.getFirst();
    return row.substring(3, row.length() - ",null]".length());
  }

  @Override
  public void emit(int function, List<JsonNode> arguments) {
    rows.add(function + ":" + arguments.toString().replace(", ", ","));
  }

  @Override
  public void failed(int function, ScriptException why) {
    failures.add(why);
  }

  List<String> rows() {
    return rows;
  }

  ScriptException failure() {
    return failures.getFirst();
  }

  boolean hasFailed() {
    return !failures.isEmpty();
  }
}
