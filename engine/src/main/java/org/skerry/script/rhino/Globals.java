package org.skerry.script.rhino;

import java.util.List;
import org.mozilla.javascript.Callable;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.NativeArray;
import org.mozilla.javascript.NativeJSON;
import org.mozilla.javascript.ScriptRuntime;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.ScriptableObject;
import org.skerry.document.Excerpt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What functions find in their global scope: the language, and CouchDB's environment. */
final class Globals {
  private static final Logger LOG = LoggerFactory.getLogger(Globals.class);
  private static final int LONGEST_LOG = 1_000;

  /**
   * Taken away: Rhino's own extensions; what CouchDB's engines do not have or forbid; and what
   * computes for long, or takes much memory, in one step that no budget sees (typed arrays, whole
   * numbers of any size, proxies that lie about their length).
   */
  private static final List<String> ABSENT =
      List.of(
          "With",
          "Call",
          "Script",
          "Iterator",
          "StopIteration",
          "Continuation",
          "JavaException",
          "CallSite",
          "isXMLName",
          "uneval",
          "Promise",
          "Proxy",
          "BigInt",
          "ArrayBuffer",
          "DataView",
          "Int8Array",
          "Uint8Array",
          "Uint8ClampedArray",
          "Int16Array",
          "Uint16Array",
          "Int32Array",
          "Uint32Array",
          "BigInt64Array",
          "BigUint64Array",
          "Float32Array",
          "Float64Array");

  /** They change an array in place, past {@link FixedArray}'s own guard. */
  private static final List<String> MUTATORS =
      List.of("push", "pop", "shift", "unshift", "splice", "sort", "reverse", "fill", "copyWithin");

  private Globals() {}

  static ScriptableObject make(Context context) {
    ScriptableObject scope = context.initSafeStandardObjects();
    ABSENT.forEach(scope::delete);
    guardArrays(scope);
    define(scope, "sum", (cx, self, arguments) -> sum(arguments));
    define(
        scope,
        "isArray",
        (cx, self, arguments) -> HostFunction.argument(arguments, 0) instanceof NativeArray);
    define(
        scope,
        "toJSON",
        (cx, self, arguments) ->
            NativeJSON.stringify(cx, scope, HostFunction.argument(arguments, 0), null, null));
    define(
        scope,
        "log",
        (cx, self, arguments) -> {
          log(cx, scope, HostFunction.argument(arguments, 0));
          return org.mozilla.javascript.Undefined.instance;
        });
    for (String name : List.of("getRow", "start", "send", "provides", "registerType")) {
      define(
          scope,
          name,
          (cx, self, arguments) -> {
            throw ScriptRuntime.constructError(
                "Error",
                name + " belongs to show and list functions, which this node does not run");
          });
    }
    return scope;
  }

  static void define(ScriptableObject scope, String name, HostFunction.Body body) {
    scope.defineProperty(name, new HostFunction(scope, name, body), ScriptableObject.DONTENUM);
  }

  private static void guardArrays(ScriptableObject scope) {
    ScriptableObject prototype = (ScriptableObject) ScriptableObject.getArrayPrototype(scope);
    for (String name : MUTATORS) {
      if (prototype.get(name, prototype) instanceof Callable original) {
        HostFunction.Body guarded =
            (cx, self, arguments) -> {
              if (self instanceof FixedArray array && array.isFixed()) {
                throw ScriptRuntime.typeError("the document cannot be changed: " + name);
              }
              return original.call(cx, scope, self, arguments);
            };
        define(prototype, name, guarded);
      }
    }
  }

  private static Object sum(Object[] arguments) {
    if (!(HostFunction.argument(arguments, 0) instanceof NativeArray values)) {
      return 0;
    }
    Object total = 0;
    Context context = Context.getCurrentContext();
    for (Object id : values.getIds()) {
      Object value =
          id instanceof Integer index
              ? values.get(index.intValue(), values)
              : values.get(id.toString(), values);
      total = ScriptRuntime.add(total, value, context);
    }
    return total;
  }

  private static void log(Context context, Scriptable scope, Object message) {
    if (LOG.isInfoEnabled()) {
      String text =
          message instanceof CharSequence
              ? message.toString()
              : String.valueOf(NativeJSON.stringify(context, scope, message, null, null));
      LOG.info("a design document's function says: {}", Excerpt.of(text, LONGEST_LOG));
    }
  }
}
