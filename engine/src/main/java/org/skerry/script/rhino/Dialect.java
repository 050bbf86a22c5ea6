package org.skerry.script.rhino;

import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.skerry.script.ScriptException;
import org.skerry.script.dialect.Lowering;

/** Which JavaScript is understood: what Rhino knows, and what can be said in its words. */
final class Dialect {
  /** What is younger than ECMAScript 5, and may mean something else to Rhino. */
  private static final Pattern MODERN =
      Pattern.compile(
          "(?<![.\\w$])(?:class|const|let|async|super)\\b|new\\s*\\.\\s*target|\\.\\.\\.|=>|`"
              + "|\\b(?:0[xXoObB][0-9a-fA-F_]+|[0-9][0-9_]*)n\\b");

  private Dialect() {}

  /** The source of a function, without what stands behind it. */
  static String function(String source) {
    return lowered(source, Lowering::expression);
  }

  /** The source of a module. */
  static String module(String source) {
    return lowered(source, Lowering::statements);
  }

  /** What is old is for Rhino to judge: it may know what nobody writes any more. */
  private static String lowered(String source, UnaryOperator<String> lowering) {
    try {
      return lowering.apply(source);
    } catch (ScriptException e) {
      if (MODERN.matcher(source).find()) {
        throw e;
      }
      return source;
    }
  }
}
