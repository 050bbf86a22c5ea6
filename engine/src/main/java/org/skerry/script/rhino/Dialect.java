package org.skerry.script.rhino;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.skerry.script.ScriptException;
import org.skerry.script.ScriptException.Kind;

/**
 * Brings a function's source into the language that Rhino's parser knows, which is ECMAScript 2015
 * with gaps. Lines stay where they are.
 *
 * <ul>
 *   <li>{@code for (const x of list)} becomes {@code for (let x of list)}.
 *   <li>{@code list.push(...more)} becomes {@code list.push.apply(list, [...more])}, where the
 *       function is named by names and dots alone.
 *   <li>Semicolons and comments behind a function are cut off.
 *   <li>Classes, {@code async}, other spreads in calls, {@code (...rest) =>}, and {@code 1n} are
 *       refused by name.
 * </ul>
 *
 * <p>It looks at tokens and not at the grammar; what it does not understand it leaves to Rhino.
 */
final class Dialect {
  private static final Set<String> KEYWORDS =
      Set.of(
          "return",
          "typeof",
          "case",
          "in",
          "of",
          "delete",
          "void",
          "throw",
          "new",
          "else",
          "do",
          "instanceof",
          "yield",
          "if",
          "while",
          "for",
          "switch",
          "with",
          "catch");

  private final List<Token> tokens;
  private final String source;
  private final StringBuilder out;

  private Dialect(String source, List<Token> tokens) {
    this.source = source;
    this.tokens = tokens;
    this.out = new StringBuilder(source.length() + 32);
  }

  static String adapt(String source) {
    List<Token> tokens = Tokens.of(source);
    int last = tokens.size();
    while (last > 0 && tokens.get(last - 1).is(";")) {
      last--;
    }
    return last == 0 ? "" : new Dialect(source, tokens.subList(0, last)).adapted();
  }

  /** An edit: {@code length} characters at {@code at} become {@code text}. */
  private record Edit(int at, int length, String text) {}

  private String adapted() {
    List<Edit> edits = new ArrayList<>();
    Deque<Integer> open = new ArrayDeque<>();
    Deque<Boolean> spread = new ArrayDeque<>();
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      refuse(i);
      if (token.is("const") && i > 1 && tokens.get(i - 1).is("(") && isFor(i - 2)) {
        edits.add(new Edit(token.start(), token.text().length(), "let  "));
      } else if (token.isOpening()) {
        open.push(i);
        spread.push(false);
      } else if (token.is("...") && !open.isEmpty() && tokens.get(open.peek()).is("(")) {
        spread.pop();
        spread.push(true);
      } else if (token.isClosing() && !open.isEmpty()) {
        int opening = open.pop();
        if (spread.pop()) {
          spread(opening, i, edits);
        }
      }
    }
    return rewritten(edits);
  }

  private boolean isFor(int index) {
    return tokens.get(index).is("for");
  }

  private void refuse(int index) {
    Token token = tokens.get(index);
    boolean member = index > 0 && (tokens.get(index - 1).is(".") || tokens.get(index - 1).is("?."));
    boolean followed = index + 1 < tokens.size();
    if (token.is("class") && !member && followed && !tokens.get(index + 1).is(":")) {
      throw unknown("classes are", token);
    }
    if (token.is("async") && !member && followed && tokens.get(index + 1).isWord()) {
      throw unknown("async functions are", token);
    }
    if (token.isBigInt()) {
      throw unknown("BigInts are", token);
    }
  }

  private ScriptException unknown(String what, Token token) {
    long line = source.substring(0, token.start()).chars().filter(c -> c == '\n').count() + 1;
    return new ScriptException(
        Kind.COMPILE, "SyntaxError: " + what + " not supported here (line " + line + ")");
  }

  /** Parentheses with {@code ...} in them are a call's, or around parameters. */
  private void spread(int opening, int closing, List<Edit> edits) {
    boolean more = closing + 1 < tokens.size();
    if (more && tokens.get(closing + 1).is("=>")) {
      throw unknown("rest parameters of arrow functions are", tokens.get(opening));
    }
    boolean parameters = more && tokens.get(closing + 1).is("{");
    if (!parameters && opening > 0 && isCallee(tokens.get(opening - 1))) {
      spreadCall(opening, closing, edits);
    }
  }

  private static boolean isCallee(Token before) {
    boolean name = before.isWord() && !KEYWORDS.contains(before.text());
    return name || before.is(")") || before.is("]") || before.is("?.");
  }

  private void spreadCall(int opening, int closing, List<Edit> edits) {
    int first = opening - 1;
    while (first >= 2
        && tokens.get(first).isWord()
        && tokens.get(first - 1).is(".")
        && tokens.get(first - 2).isWord()) {
      first -= 2;
    }
    boolean simple =
        tokens.get(opening - 1).isWord() && (first == 0 || !hasMoreBefore(tokens.get(first - 1)));
    if (!simple) {
      throw unknown("spreads in this kind of call are", tokens.get(opening));
    }
    int start = tokens.get(first).start();
    String self =
        first == opening - 1 ? "null" : source.substring(start, tokens.get(opening - 2).start());
    edits.add(new Edit(tokens.get(opening).start(), 1, ".apply(" + self + ",["));
    edits.add(new Edit(tokens.get(closing).start(), 1, "])"));
  }

  private static boolean hasMoreBefore(Token before) {
    return before.is(".") || before.is("?.") || before.is("new");
  }

  private String rewritten(List<Edit> edits) {
    edits.sort((a, b) -> Integer.compare(a.at, b.at));
    int at = 0;
    for (Edit edit : edits) {
      out.append(source, at, edit.at).append(edit.text);
      at = edit.at + edit.length;
    }
    return out.append(source, at, tokens.getLast().end()).toString();
  }

  /**
   * A piece of source.
   *
   * @param text for literals of text and patterns nothing but their first character
   */
  record Token(int start, int end, String text) {
    boolean is(String other) {
      return text.equals(other);
    }

    boolean isWord() {
      return Character.isJavaIdentifierStart(text.charAt(0));
    }

    boolean isOpening() {
      return is("(") || is("[") || is("{");
    }

    boolean isClosing() {
      return is(")") || is("]") || is("}");
    }

    boolean isBigInt() {
      return Character.isDigit(text.charAt(0)) && text.endsWith("n") && !text.startsWith("0x");
    }

    /** Whether a slash behind it begins a pattern, and does not divide. */
    boolean isBeforePattern() {
      char first = text.charAt(0);
      boolean value =
          isWord() && !KEYWORDS.contains(text)
              || Character.isDigit(first)
              || ")]\"'`".indexOf(first) >= 0
              || is("/p");
      return !value;
    }
  }
}
