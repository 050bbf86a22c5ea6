package org.skerry.script.rhino;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mozilla.javascript.Function;
import org.skerry.script.ReduceScript;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** A function that reduces. */
final class RhinoReduce implements ReduceScript {
  private final Sandbox sandbox;
  private final String source;
  private Loaded loaded;

  RhinoReduce(Sandbox sandbox, String source) {
    this.sandbox = sandbox;
    this.source = source;
    this.loaded = load();
  }

  private record Loaded(Realm realm, Function function) {}

  private Loaded load() {
    Realm realm = new Realm(sandbox);
    // As in CouchDB, reduce functions have no modules.
    new Modules(realm, JsonNodeFactory.instance.objectNode()).define();
    return realm.call(() -> new Loaded(realm, realm.compile(source, "reduce")));
  }

  @Override
  public JsonNode reduce(List<JsonNode> keys, List<JsonNode> values) {
    return run(reader -> reader.array(keys), values, false);
  }

  @Override
  public JsonNode rereduce(List<JsonNode> values) {
    return run(reader -> null, values, true);
  }

  private JsonNode run(
      java.util.function.Function<ValueReader, @Nullable Object> keys,
      List<JsonNode> values,
      boolean again) {
    if (loaded.realm.isSpoilt()) {
      loaded = load();
    }
    Realm realm = loaded.realm;
    return realm.call(
        () ->
            realm
                .writer()
                .write(
                    realm.invoke(
                        loaded.function,
                        realm.scope(),
                        keys.apply(realm.reader()),
                        realm.reader().array(values),
                        again)));
  }

  @Override
  public void close() {
    // Nothing is held but memory.
  }
}
