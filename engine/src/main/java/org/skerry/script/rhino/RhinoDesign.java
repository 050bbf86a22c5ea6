package org.skerry.script.rhino;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.Function;
import org.mozilla.javascript.NativeArray;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.Undefined;
import org.skerry.script.DesignScript;
import org.skerry.script.ScriptException;
import org.skerry.script.ScriptException.Kind;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The functions of one design document. Each call has a realm of its own while it lasts; there are
 * as many as there were calls at once.
 */
final class RhinoDesign implements DesignScript {
  private final Sandbox sandbox;
  private final JsonNode design;
  private final ConcurrentLinkedDeque<Loaded> idle = new ConcurrentLinkedDeque<>();

  RhinoDesign(Sandbox sandbox, JsonNode design) {
    this.sandbox = sandbox;
    this.design = design;
  }

  /** A realm with the design document, and what was compiled of it. */
  private final class Loaded {
    private final Realm realm = new Realm(sandbox);
    private final Scriptable self;
    private final Map<List<String>, Function> functions = new HashMap<>();
    private boolean emitted;

    Loaded() {
      new Modules(realm, design).define();
      Globals.define(
          realm.scope(),
          "emit",
          (context, me, arguments) -> {
            emitted = true;
            return Undefined.instance;
          });
      self = (Scriptable) java.util.Objects.requireNonNull(realm.reader().read(design));
    }

    /** Within a call. */
    Function function(List<String> path) {
      Function known = functions.get(path);
      if (known == null) {
        known = realm.compile(source(path), String.join(".", path));
        functions.put(path, known);
      }
      return known;
    }

    Object invoke(List<String> path, @Nullable Object... arguments) {
      return realm.invoke(function(path), self, arguments);
    }

    @Nullable Object document(byte[] json) {
      return realm.reader().read(json);
    }
  }

  private String source(List<String> path) {
    JsonNode node = design;
    for (String step : path) {
      node = node.path(step);
    }
    if (!node.isString()) {
      throw new ScriptException(
          Kind.MISSING,
          "missing "
              + path.getFirst()
              + " function "
              + path.get(path.size() > 1 ? 1 : 0)
              + " on design doc "
              + design.path("_id").asString(""));
    }
    return node.asString();
  }

  private <T> T with(java.util.function.Function<Loaded, T> action) {
    Loaded found = idle.pollFirst();
    Loaded loaded = found == null ? new Loaded() : found;
    try {
      return loaded.realm.call(() -> action.apply(loaded));
    } finally {
      if (!loaded.realm.isSpoilt()) {
        idle.addFirst(loaded);
      }
    }
  }

  @Override
  public void validate(
      byte[] document, Optional<byte[]> previous, JsonNode userCtx, JsonNode secObj) {
    with(
        loaded ->
            loaded.invoke(
                    List.of("validate_doc_update"),
                    loaded.document(document),
                    previous.map(loaded::document).orElse(null),
                    loaded.realm.reader().read(userCtx),
                    loaded.realm.reader().read(secObj))
                != null);
  }

  @Override
  public List<Boolean> filter(String name, List<byte[]> documents, JsonNode request) {
    return with(
        loaded -> {
          Object asked = loaded.realm.reader().read(request);
          List<Boolean> passing = new ArrayList<>(documents.size());
          for (byte[] document : documents) {
            Object answer =
                loaded.invoke(List.of("filters", name), loaded.document(document), asked);
            passing.add(Context.toBoolean(answer));
          }
          return passing;
        });
  }

  @Override
  public List<Boolean> filterByView(String name, List<byte[]> documents) {
    return with(
        loaded -> {
          List<Boolean> passing = new ArrayList<>(documents.size());
          for (byte[] document : documents) {
            loaded.emitted = false;
            loaded.invoke(List.of("views", name, "map"), loaded.document(document));
            passing.add(loaded.emitted);
          }
          return passing;
        });
  }

  @Override
  public Updated update(String name, Optional<byte[]> document, JsonNode request) {
    return with(
        loaded -> {
          Object answer =
              loaded.invoke(
                  List.of("updates", name),
                  document.map(loaded.realm.drafts()::read).orElse(null),
                  loaded.realm.reader().read(request));
          return updated(loaded.realm, answer);
        });
  }

  private static Updated updated(Realm realm, Object answer) {
    if (!(answer instanceof NativeArray pair)) {
      throw new ScriptException(Kind.OUTPUT, "an update function returns [document, response]");
    }
    ValueWriter writer = realm.writer();
    JsonNode document = writer.write(pair.get(0, pair));
    JsonNode response = writer.write(pair.get(1, pair));
    if (response.isString()) {
      response = JsonNodeFactory.instance.objectNode().set("body", response);
    }
    if (!response.isObject()) {
      throw new ScriptException(Kind.OUTPUT, "undefined response from update function");
    }
    return new Updated(document.isObject() ? Optional.of(document) : Optional.empty(), response);
  }

  @Override
  public void close() {
    idle.clear();
  }
}
