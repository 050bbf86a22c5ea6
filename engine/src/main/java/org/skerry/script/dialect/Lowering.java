package org.skerry.script.dialect;

import org.skerry.script.ScriptException;

/**
 * Brings the JavaScript that people write into the one that the engine runs as it is meant. For a
 * thread for scripts, within a call: its work is bounded as that of a function is.
 */
public final class Lowering {
  private Lowering() {}

  /**
   * The source of an expression, with what stands before it; what follows it is cut off.
   *
   * @throws ScriptException of kind {@code COMPILE}
   */
  public static String expression(String source) {
    Node read = Parser.readExpression(source);
    Rewriter rewriter = new Rewriter(source, read);
    rewriter.out().copy(0, read.start());
    rewriter.write(read);
    return rewriter.out().toString();
  }

  /**
   * The source of statements, which will stand in a function.
   *
   * @throws ScriptException of kind {@code COMPILE}
   */
  public static String statements(String source) {
    Node read = Parser.readStatements(source);
    Rewriter rewriter = new Rewriter(source, read);
    rewriter.write(read);
    return rewriter.out().toString();
  }
}
