package org.skerry.script.rhino;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.mozilla.javascript.BaseFunction;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.ScriptRuntime;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.Undefined;

/** A function of this node that functions of design documents may call. */
final class HostFunction extends BaseFunction {
  private static final long serialVersionUID = 1L;

  private final String name;
  private final transient Body body;

  HostFunction(Scriptable scope, String name, Body body) {
    super(scope, org.mozilla.javascript.ScriptableObject.getFunctionPrototype(scope));
    this.name = name;
    this.body = body;
  }

  /** What it does. */
  @FunctionalInterface
  interface Body {
    @Nullable Object call(Context context, Scriptable self, Object[] arguments);
  }

  /** One that returns nothing. */
  static HostFunction of(Scriptable scope, String name, Function<Object[], Object> body) {
    return new HostFunction(scope, name, (context, self, arguments) -> body.apply(arguments));
  }

  static Object argument(Object[] arguments, int index) {
    return index < arguments.length ? arguments[index] : Undefined.instance;
  }

  @Override
  public String getFunctionName() {
    return name;
  }

  @Override
  public @Nullable Object call(
      Context context, Scriptable scope, Scriptable self, Object[] arguments) {
    return body.call(context, self, arguments);
  }

  @Override
  public Scriptable construct(Context context, Scriptable scope, Object[] arguments) {
    throw ScriptRuntime.typeError(name + " is no constructor");
  }
}
