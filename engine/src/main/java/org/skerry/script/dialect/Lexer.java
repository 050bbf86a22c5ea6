package org.skerry.script.dialect;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.skerry.script.ScriptException;
import org.skerry.script.ScriptException.Kind;
import org.skerry.script.guard.ScriptThread;

/**
 * Cuts source into tokens (ECMA-262, section "Lexical Grammar"). Whether a slash divides or begins
 * a pattern, and where a template goes on, its reader knows.
 */
final class Lexer {
  /** Longest first. */
  private static final List<String> OPERATORS =
      List.of(
          (">>>= ... === !== **= <<= >>= >>> &&= ||= ??= => == != <= >= && || ?? ?. ++ -- += -= *="
                  + " /= %= &= |= ^= << >> **")
              .split(" "));

  private static final Pattern NUMBER =
      Pattern.compile(
          "0[xXbBoO][0-9a-fA-F_]+n?|(?:[0-9][0-9_]*)?\\.?[0-9_]*(?:[eE][+-]?[0-9][0-9_]*)?n?");

  private final String source;

  Lexer(String source) {
    this.source = source;
  }

  String source() {
    return source;
  }

  /** What is wrong at a position. */
  ScriptException error(String what, int at) {
    long line = source.substring(0, at).chars().filter(c -> c == '\n').count() + 1;
    return new ScriptException(Kind.COMPILE, "SyntaxError: " + what + " (line " + line + ")");
  }

  /** Something that is JavaScript, and not understood. */
  ScriptException unsupported(String what, int at) {
    return error(what + " not supported here", at);
  }

  /** The next token from a position on. */
  Token read(int from) {
    ScriptThread.turn();
    int start = afterBlank(from);
    boolean line = source.substring(from, start).chars().anyMatch(Lexer::isLineEnd);
    if (start >= source.length()) {
      return new Token(Token.Kind.END, start, start, "", line);
    }
    char c = source.charAt(start);
    if (isWordPart(c) && !isDigit(c)) {
      int end = afterWord(start);
      return new Token(Token.Kind.WORD, start, end, source.substring(start, end), line);
    }
    if (c == '#') {
      int end = afterWord(start + 1);
      return new Token(Token.Kind.PRIVATE, start, end, source.substring(start, end), line);
    }
    if (isDigit(c) || c == '.' && isDigit(charAt(start + 1))) {
      return new Token(Token.Kind.NUMBER, start, afterNumber(start), "", line);
    }
    if (c == '"' || c == '\'') {
      return new Token(Token.Kind.TEXT, start, afterText(start), "", line);
    }
    String operator = operator(start);
    return new Token(Token.Kind.OPERATOR, start, start + operator.length(), operator, line);
  }

  private String operator(int start) {
    Optional<String> known =
        OPERATORS.stream().filter(o -> source.startsWith(o, start)).findFirst();
    // In "a?.5:b" a number follows.
    boolean chain = known.isPresent() && !(known.get().equals("?.") && isDigit(charAt(start + 2)));
    return chain ? known.get() : source.substring(start, start + 1);
  }

  private int afterBlank(int from) {
    int at = from;
    while (at < source.length()) {
      char c = source.charAt(at);
      if (Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\uFEFF') {
        at++;
      } else if (source.startsWith("//", at)) {
        while (at < source.length() && !isLineEnd(source.charAt(at))) {
          at++;
        }
      } else if (source.startsWith("/*", at)) {
        int end = source.indexOf("*/", at + 2);
        if (end < 0) {
          throw error("a comment does not end", at);
        }
        at = end + 2;
      } else {
        return at;
      }
    }
    return at;
  }

  private int afterWord(int start) {
    int at = start;
    while (at < source.length() && isWordPart(source.charAt(at))) {
      at++;
    }
    return at;
  }

  private int afterNumber(int start) {
    Matcher matcher = NUMBER.matcher(source).region(start, source.length());
    if (!matcher.lookingAt() || matcher.end() == start) {
      throw error("this is no number", start);
    }
    if (source.charAt(matcher.end() - 1) == 'n') {
      throw unsupported("BigInts are", start);
    }
    return matcher.end();
  }

  private int afterText(int start) {
    char quote = source.charAt(start);
    int at = start + 1;
    while (charAt(at) != quote) {
      char c = charAt(at);
      if (at >= source.length() || c == '\n' || c == '\r') {
        throw error("a text does not end", start);
      }
      boolean twoEnds = c == '\\' && charAt(at + 1) == '\r' && charAt(at + 2) == '\n';
      at += twoEnds ? 3 : c == '\\' ? 2 : 1;
    }
    return at + 1;
  }

  /** The end of a pattern that begins at a slash. */
  int afterPattern(int start) {
    int at = start + 1;
    boolean inClass = false;
    while (inClass || charAt(at) != '/') {
      char c = charAt(at);
      if (at >= source.length() || isLineEnd(c)) {
        throw error("a regular expression does not end", start);
      }
      inClass = c == '[' || inClass && c != ']';
      at += c == '\\' ? 2 : 1;
    }
    return afterWord(at + 1);
  }

  /**
   * Where a template's text that goes on at a position ends: behind a backtick or a <code>${</code>
   * .
   */
  int afterChunk(int from) {
    int at = from;
    while (at < source.length()) {
      if (source.charAt(at) == '`') {
        return at + 1;
      }
      if (source.startsWith("${", at)) {
        return at + 2;
      }
      at += source.charAt(at) == '\\' ? 2 : 1;
    }
    throw error("a template does not end", Math.min(from, source.length()));
  }

  private char charAt(int at) {
    return at < source.length() ? source.charAt(at) : 0;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** Letters beyond the first plane and escapes of letters are parts of words as well. */
  private static boolean isWordPart(char c) {
    return Character.isUnicodeIdentifierPart(c) && !Character.isIdentifierIgnorable(c)
        || c == '$'
        || c == '\\'
        || c == '\u200C'
        || c == '\u200D'
        || Character.isSurrogate(c);
  }

  private static boolean isLineEnd(int c) {
    return c == '\n' || c == '\r' || c == '\u2028' || c == '\u2029';
  }
}
