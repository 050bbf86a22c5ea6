package org.skerry.fulltext;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.skerry.script.EmitSink;
import org.skerry.script.MapScript;
import org.skerry.script.ScriptException;
import org.skerry.script.Scripts;
import org.skerry.search.BadIndexFunctionException;
import org.skerry.search.IndexDefinition;
import org.skerry.store.StoredDocument;
import org.skerry.wire.DocumentExtras;
import org.skerry.wire.DocumentJson;
import org.skerry.wire.JsonOut;
import tools.jackson.databind.JsonNode;

/**
 * Index functions in JavaScript: {@code index(type, name, value, options)}, with the types and
 * rules of CouchDB's {@code share/server/nouveau.js}.
 */
public final class ScriptFunctions implements IndexFunctions {
  private static final int MAX_FIELDS = 10_000;

  private final Scripts scripts;

  public ScriptFunctions(Scripts scripts) {
    this.scripts = scripts;
  }

  @Override
  public IndexFunction compile(IndexDefinition definition) {
    if (!definition.language().equals("javascript")) {
      throw new BadIndexFunctionException(
          "an index function must be JavaScript, not " + definition.language());
    }
    try {
      return new Function(scripts.maps(List.of(definition.function()), Optional.empty(), "index"));
    } catch (ScriptException e) {
      throw new BadIndexFunctionException(String.valueOf(e.getMessage()));
    }
  }

  /** One function, as one thread uses it. */
  private record Function(MapScript script) implements IndexFunction {
    @Override
    public void run(StoredDocument document, Consumer<IndexedField> fields) {
      byte[] json =
          JsonOut.bytes(
              out ->
                  DocumentJson.write(
                      out, document.id(), document.revisions().getFirst(), DocumentExtras.NONE));
      Calls calls = new Calls();
      script.run(json, calls);
      if (calls.failure.isPresent()) {
        throw new SkippedDocumentException(calls.failure.get(), calls.excess);
      }
      calls.fields.forEach(fields);
    }

    @Override
    public void close() {
      script.close();
    }
  }

  /**
   * The calls of {@code index} for one document; the first that is wrong makes all of them void.
   */
  private static final class Calls implements EmitSink {
    private final List<IndexedField> fields = new ArrayList<>();
    private Optional<String> failure = Optional.empty();
    private boolean excess;

    @Override
    public void emit(int function, List<JsonNode> arguments) {
      if (failure.isPresent()) {
        return;
      }
      if (fields.size() == MAX_FIELDS) {
        failure = Optional.of("more than " + MAX_FIELDS + " fields");
        return;
      }
      try {
        fields.add(field(arguments));
      } catch (SkippedDocumentException e) {
        failure = Optional.ofNullable(e.getMessage());
      }
    }

    @Override
    public void failed(int function, ScriptException why) {
      failure = Optional.of(String.valueOf(why.getMessage()));
      excess = why.isExcess();
    }
  }

  private static IndexedField field(List<JsonNode> arguments) {
    String type = text("type", arguments, 0);
    String name = text("name", arguments, 1);
    if (name.startsWith("_")) {
      throw new SkippedDocumentException("ReservedName: name must not start with an underscore");
    }
    return switch (type) {
      case "text" -> new IndexedField.Text(name, text("value", arguments, 2), stored(arguments));
      case "string" ->
          new IndexedField.Keyword(name, text("value", arguments, 2), stored(arguments));
      case "double" -> new IndexedField.Real(name, number(arguments), stored(arguments));
      case "stored" ->
          arguments.size() > 2 && arguments.get(2).isString()
              ? new IndexedField.StoredText(name, arguments.get(2).asString())
              : new IndexedField.StoredReal(name, number(arguments));
      default -> throw new SkippedDocumentException("TypeError: " + type + " not supported");
    };
  }

  private static String text(String what, List<JsonNode> arguments, int at) {
    if (arguments.size() <= at || !arguments.get(at).isString()) {
      throw wrongType(what, "string", arguments, at);
    }
    return arguments.get(at).asString();
  }

  private static double number(List<JsonNode> arguments) {
    if (arguments.size() <= 2 || !arguments.get(2).isNumber()) {
      throw wrongType("value", "number", arguments, 2);
    }
    return arguments.get(2).asDouble();
  }

  private static SkippedDocumentException wrongType(
      String what, String expected, List<JsonNode> arguments, int at) {
    String found =
        arguments.size() <= at
            ? "undefined"
            : arguments.get(at).getNodeType().name().toLowerCase(java.util.Locale.ROOT);
    return new SkippedDocumentException(
        "TypeError: type of " + what + " must be a " + expected + " not " + found);
  }

  /** Whatever JavaScript holds for true. */
  private static boolean stored(List<JsonNode> arguments) {
    JsonNode store = arguments.size() > 3 ? arguments.get(3).path("store") : null;
    if (store == null || store.isMissingNode() || store.isNull()) {
      return false;
    }
    return !store.isBoolean() && !store.isNumber() && !store.isString()
        || store.isBoolean() && store.asBoolean()
        || store.isNumber() && store.asDouble() != 0
        || store.isString() && !store.asString().isEmpty();
  }
}
