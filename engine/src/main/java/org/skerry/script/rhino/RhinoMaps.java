package org.skerry.script.rhino;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mozilla.javascript.Function;
import org.mozilla.javascript.Undefined;
import org.skerry.script.EmitSink;
import org.skerry.script.MapScript;
import org.skerry.script.ScriptException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Functions that emit. */
final class RhinoMaps implements MapScript {
  /** {@code emit} has both, whatever is left out. */
  private static final int FEWEST_ARGUMENTS = 2;

  private final Sandbox sandbox;
  private final List<String> sources;
  private final JsonNode modules;
  private final String host;

  private Loaded loaded;
  private List<List<JsonNode>> rows = new ArrayList<>();
  private ValueWriter writer;

  RhinoMaps(Sandbox sandbox, List<String> sources, Optional<JsonNode> lib, String host) {
    this.sandbox = sandbox;
    this.sources = List.copyOf(sources);
    this.host = host;
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    lib.ifPresent(modulesOfViews -> root.putObject("views").set("lib", modulesOfViews));
    this.modules = root;
    this.loaded = load();
    this.writer = loaded.realm.writer();
  }

  private record Loaded(Realm realm, List<Function> functions) {}

  private Loaded load() {
    Realm realm = new Realm(sandbox);
    new Modules(realm, modules).define();
    Globals.define(
        realm.scope(),
        host,
        (context, self, arguments) -> {
          emit(arguments);
          return Undefined.instance;
        });
    return realm.call(
        () -> {
          List<Function> functions = new ArrayList<>();
          for (String source : sources) {
            functions.add(realm.compile(source, "map"));
          }
          return new Loaded(realm, functions);
        });
  }

  private void emit(Object[] arguments) {
    int count = Math.max(FEWEST_ARGUMENTS, arguments.length);
    List<JsonNode> row = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      row.add(writer.write(HostFunction.argument(arguments, i)));
    }
    rows.add(row);
  }

  @Override
  public void run(byte[] document, EmitSink sink) {
    Object value = null;
    for (int i = 0; i < sources.size(); i++) {
      if (loaded.realm.isSpoilt()) {
        loaded = load();
        value = null;
      }
      if (value == null) {
        value = loaded.realm.reader().read(document);
      }
      Object argument = value;
      Function function = loaded.functions.get(i);
      rows.clear();
      writer = loaded.realm.writer();
      try {
        loaded.realm.call(
            () -> loaded.realm.invoke(function, loaded.realm.scope(), argument) != null);
        int index = i;
        rows.forEach(row -> sink.emit(index, row));
      } catch (ScriptException e) {
        sink.failed(i, e);
      }
    }
    if (rows.size() > 10_000) {
      rows = new ArrayList<>();
    }
  }

  @Override
  public void close() {
    rows.clear();
  }
}
