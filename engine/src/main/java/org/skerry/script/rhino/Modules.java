package org.skerry.script.rhino;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mozilla.javascript.Callable;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.ScriptRuntime;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.ScriptableObject;
import tools.jackson.databind.JsonNode;

/**
 * CommonJS modules in a design document, as CouchDB's {@code require} finds them: {@code
 * require("lib/dates")} is the text in member {@code dates} of member {@code lib}; names that begin
 * with {@code ./} or {@code ../} start at the module that requires. A module runs once a realm.
 */
final class Modules {
  private final Realm realm;
  private final JsonNode root;
  private final Map<List<String>, Scriptable> loaded = new HashMap<>();

  Modules(Realm realm, JsonNode root) {
    this.realm = realm;
    this.root = root;
  }

  /** Gives the realm its {@code require}. */
  void define() {
    Globals.define(
        realm.scope(),
        "require",
        (context, self, arguments) -> require(context, List.of(), arguments));
  }

  private Object require(Context context, List<String> from, Object[] arguments) {
    String name = Context.toString(HostFunction.argument(arguments, 0));
    List<String> path = path(from, name);
    Scriptable known = loaded.get(path);
    if (known == null) {
      known = load(context, path, name);
    }
    return ScriptableObject.getProperty(known, "exports");
  }

  /** The place of a module: relative names start where the module that requires stands. */
  private static List<String> path(List<String> from, String name) {
    List<String> path = new ArrayList<>();
    boolean first = true;
    for (String step : name.split("/", -1)) {
      boolean relative = step.equals(".") || step.equals("..");
      if (first && relative) {
        if (from.isEmpty()) {
          throw invalid("Object has no parent");
        }
        path.addAll(from.subList(0, from.size() - 1));
      }
      if (step.equals("..")) {
        if (path.isEmpty()) {
          throw invalid("Object has no parent");
        }
        path.removeLast();
      } else if (!step.equals(".")) {
        path.add(step);
      }
      first = false;
    }
    return List.copyOf(path);
  }

  private Scriptable load(Context context, List<String> path, String name) {
    JsonNode node = root;
    for (String step : path) {
      node = node.path(step);
      if (node.isMissingNode()) {
        throw invalid("Object has no property \"" + step + "\", required as \"" + name + "\"");
      }
    }
    if (!node.isString()) {
      throw invalid(
          "Must require a JavaScript string, not: " + node.getNodeType() + " (" + name + ")");
    }
    Scriptable scope = realm.scope();
    Scriptable module = context.newObject(scope);
    Scriptable exports = context.newObject(scope);
    String id = String.join("/", path);
    ScriptableObject.putProperty(module, "id", id);
    ScriptableObject.putProperty(module, "exports", exports);
    loaded.put(path, module);
    Callable function = realm.compileModule(node.asString(), id);
    HostFunction require =
        new HostFunction(scope, "require", (cx, self, arguments) -> require(cx, path, arguments));
    function.call(context, scope, scope, new Object[] {module, exports, require});
    return module;
  }

  private static RuntimeException invalid(String reason) {
    return ScriptRuntime.constructError("Error", "invalid_require_path: " + reason);
  }
}
