package org.skerry.script.rhino;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.mozilla.javascript.Callable;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.EvaluatorException;
import org.mozilla.javascript.Function;
import org.mozilla.javascript.RhinoException;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.ScriptableObject;
import org.skerry.document.Excerpt;
import org.skerry.script.ScriptException;
import org.skerry.script.ScriptException.Kind;

/** One set of globals, with functions that were compiled into it. For one thread at a time. */
final class Realm {
  private final Sandbox sandbox;
  private final Sandbox.Cell cell;
  private final ScriptableObject scope;
  private final ValueReader reader;
  private final ValueReader drafts;
  private boolean spoilt;

  Realm(Sandbox sandbox) {
    this.sandbox = sandbox;
    this.cell = (Sandbox.Cell) sandbox.enterContext();
    try {
      this.scope = Globals.make(cell);
      this.reader = ValueReader.ofFixed(scope);
      this.drafts = ValueReader.ofChangeable(scope);
    } finally {
      Context.exit();
    }
  }

  Context context() {
    return cell;
  }

  ScriptableObject scope() {
    return scope;
  }

  /** Reads what functions look at. */
  ValueReader reader() {
    return reader;
  }

  /** Reads what functions may change and return. */
  ValueReader drafts() {
    return drafts;
  }

  ValueWriter writer() {
    return new ValueWriter(cell, scope, sandbox.limits().output());
  }

  /** Whether a call was ended by force, so that nobody knows in which state it left this. */
  boolean isSpoilt() {
    return spoilt;
  }

  /**
   * Does something within the budget of one call.
   *
   * @throws ScriptException whatever went wrong in functions
   */
  <T> T call(Supplier<T> action) {
    sandbox.enterContext(cell);
    try {
      cell.budget().begin();
      T result = told(action);
      // One call of Rhino's library can take a gigabyte between two checks.
      cell.budget().check();
      return result;
    } catch (Budget.Exhausted e) {
      spoilt = true;
      throw e.exception();
    } catch (StackOverflowError e) {
      spoilt = true;
      throw new ScriptException(Kind.STACK, "the function calls itself too deeply");
    } catch (OutOfMemoryError | NegativeArraySizeException e) {
      spoilt = true;
      throw new ScriptException(Kind.MEMORY, "the function used more memory than there is");
    } finally {
      cell.budget().end();
      Context.exit();
    }
  }

  /** Reading what was thrown may run functions, too, and so belongs to the call. */
  private <T> T told(Supplier<T> action) {
    try {
      return action.get();
    } catch (RhinoException e) {
      throw Thrown.by(e, this);
    }
  }

  /**
   * Compiles a function, within a call.
   *
   * @param name for messages: where it stands in the design document
   */
  Function compile(String source, String name) {
    if (source.isBlank()) {
      throw new ScriptException(Kind.COMPILE, "missing function: " + name);
    }
    checkLength(source, 1, name);
    String adapted = Dialect.function(source);
    checkLength(adapted, 2, name);
    Object value = evaluate("(" + adapted + "\n)", name);
    if (value instanceof Function function) {
      return function;
    }
    throw new ScriptException(
        Kind.COMPILE, "Expression does not eval to a function. (" + Excerpt.of(source, 200) + ")");
  }

  /** Compiles a module's function, within a call. */
  Callable compileModule(String source, String name) {
    checkLength(source, 1, name);
    String adapted = Dialect.module(source);
    checkLength(adapted, 2, name);
    return (Callable) evaluate("(function (module, exports, require) { " + adapted + "\n})", name);
  }

  /** What is written in other words is longer, and compiled as well. */
  private void checkLength(String source, int times, String name) {
    int most = sandbox.limits().source();
    if (source.length() / times > most) {
      throw new ScriptException(
          Kind.COMPILE,
          name + " has " + source.length() + " characters, at most " + most + " are compiled");
    }
  }

  private Object evaluate(String source, String name) {
    try {
      if (HelperScript.areCalledBy(source)) {
        HelperScript.define(cell, scope);
      }
      return cell.evaluate(scope, source, name);
    } catch (EvaluatorException e) {
      throw new ScriptException(
          Kind.COMPILE,
          "SyntaxError: " + e.details() + " (line " + e.lineNumber() + " of " + name + ")");
    }
  }

  Object invoke(Callable function, Scriptable self, @Nullable Object... arguments) {
    return function.call(cell, scope, self, arguments);
  }
}
