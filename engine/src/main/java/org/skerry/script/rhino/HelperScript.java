package org.skerry.script.rhino;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.mozilla.javascript.RhinoException;
import org.mozilla.javascript.ScriptStackElement;
import org.mozilla.javascript.ScriptableObject;

/** What rewritten functions call. */
final class HelperScript {
  private static final String NAME = "$skerry";
  private static final String FILE = "helpers.js";

  private HelperScript() {}

  static boolean areCalledBy(String source) {
    return source.contains(NAME + ".");
  }

  /** Adds them to a set of globals that may have them already. */
  static void define(Sandbox.Cell cell, ScriptableObject scope) {
    if (!scope.has(NAME, scope)) {
      Object helpers = cell.evaluate(scope, source(), FILE);
      scope.defineProperty(
          NAME,
          helpers,
          ScriptableObject.DONTENUM | ScriptableObject.READONLY | ScriptableObject.PERMANENT);
    }
  }

  /** The line of a function in which something was thrown, be it by a helper that it called. */
  static int line(RhinoException thrown) {
    return Arrays.stream(thrown.getScriptStack())
        .filter(element -> !FILE.equals(element.fileName))
        .mapToInt((ScriptStackElement element) -> element.lineNumber)
        .filter(line -> line > 0 && FILE.equals(thrown.sourceName()))
        .findFirst()
        .orElse(thrown.lineNumber());
  }

  private static String source() {
    try (InputStream in = Objects.requireNonNull(HelperScript.class.getResourceAsStream(FILE))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
