package org.skerry.script.dialect;

import org.skerry.script.ScriptException;

/** A place in source, with the token that stands there. */
class Cursor {
  /** How deep expressions and statements may stand in each other. */
  private static final int DEEPEST = 250;

  private final Lexer lexer;
  private Token token;
  private int lastEnd;
  private int depth;

  Cursor(Lexer lexer) {
    this.lexer = lexer;
    this.token = lexer.read(0);
  }

  Lexer lexer() {
    return lexer;
  }

  Token token() {
    return token;
  }

  Token peek() {
    return lexer.read(token.end());
  }

  int start() {
    return token.start();
  }

  /** Where the token before this one ended. */
  int lastEnd() {
    return lastEnd;
  }

  boolean is(String text) {
    return token.is(text);
  }

  void take() {
    moveTo(token.end());
  }

  void moveTo(int at) {
    lastEnd = at;
    token = lexer.read(at);
  }

  boolean eat(String text) {
    boolean found = is(text);
    if (found) {
      take();
    }
    return found;
  }

  void expect(String text) {
    if (!eat(text)) {
      throw unexpected();
    }
  }

  ScriptException unexpected() {
    String what =
        token.kind() == Token.Kind.END
            ? "unexpected end"
            : "unexpected " + lexer.source().substring(token.start(), token.end());
    return lexer.error(what.length() > 60 ? what.substring(0, 60) : what, token.start());
  }

  ScriptException unsupported(String what, int at) {
    return lexer.unsupported(what, at);
  }

  /** One level deeper. */
  void enter() {
    depth++;
    if (depth > DEEPEST) {
      throw lexer.error("this is nested too deeply", token.start());
    }
  }

  void leave() {
    depth--;
  }

  /**
   * The end of a statement: a semicolon, or what stands for it (section "Automatic Semicolon
   * Insertion").
   */
  void endStatement() {
    boolean ended = is("}") || token.kind() == Token.Kind.END || token.isAfterLine();
    if (!eat(";") && !ended) {
      throw unexpected();
    }
  }
}
