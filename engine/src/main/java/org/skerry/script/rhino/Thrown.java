package org.skerry.script.rhino;

import java.util.Optional;
import org.mozilla.javascript.EcmaError;
import org.mozilla.javascript.JavaScriptException;
import org.mozilla.javascript.RhinoException;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.ScriptableObject;
import org.skerry.document.Excerpt;
import org.skerry.script.ScriptException;
import org.skerry.script.ScriptException.Kind;
import tools.jackson.databind.JsonNode;

/** What functions throw, as their callers know it. */
final class Thrown {
  private static final int LONGEST_TEXT = 10_000;
  private static final long LARGEST_VALUE = 64 * 1024;

  private Thrown() {}

  static ScriptException by(RhinoException e, Realm realm) {
    return switch (e) {
      case EcmaError error ->
          error(error.getName(), error.getErrorMessage(), HelperScript.line(error));
      case JavaScriptException thrown -> value(thrown, realm);
      default -> error("InternalError", e.details(), HelperScript.line(e));
    };
  }

  private static ScriptException value(JavaScriptException thrown, Realm realm) {
    Object value = thrown.getValue();
    if (value instanceof Scriptable object && object.getClassName().equals("Error")) {
      return error(
          text(object, "name", "Error"), text(object, "message", ""), HelperScript.line(thrown));
    }
    JsonNode json;
    try {
      json = new ValueWriter(realm.context(), realm.scope(), LARGEST_VALUE).write(value);
    } catch (RhinoException | Budget.Exhausted | StackOverflowError e) {
      return error("Error", "something was thrown that is no JSON", HelperScript.line(thrown));
    }
    String text = json.isString() ? json.asString() : json.toString();
    return new ScriptException(Kind.THROWN, "", Excerpt.of(text, LONGEST_TEXT), Optional.of(json));
  }

  /** A getter may throw, too. */
  private static String text(Scriptable object, String name, String absent) {
    try {
      Object value = ScriptableObject.getProperty(object, name);
      return value instanceof CharSequence text ? text.toString() : absent;
    } catch (RhinoException e) {
      return absent;
    }
  }

  private static ScriptException error(String name, String message, int line) {
    String where = line > 0 ? " (line " + line + ")" : "";
    return new ScriptException(
        Kind.THROWN,
        name,
        Excerpt.of(name + ": " + message, LONGEST_TEXT) + where,
        Optional.empty());
  }
}
