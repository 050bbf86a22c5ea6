package org.skerry.script.rhino;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.skerry.script.rhino.Dialect.Token;

/**
 * Cuts source into tokens (ECMA-262, section "Lexical Grammar"), as far as {@link Dialect} needs
 * them: comments are left out, and what stands in a template's {@code ${…}} is not looked into.
 * Source that ends in the middle of a token simply ends.
 */
final class Tokens {
  private static final List<String> LONG = List.of("...", "=>", "?.");

  private final String source;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  private Tokens(String source) {
    this.source = source;
  }

  static List<Token> of(String source) {
    Tokens cut = new Tokens(source);
    while (cut.at < source.length()) {
      cut.next();
    }
    return cut.tokens;
  }

  private void next() {
    char c = source.charAt(at);
    if (Character.isWhitespace(c) || c == '\uFEFF' || c == '\u00A0') {
      at++;
    } else if (source.startsWith("//", at)) {
      at = endOr(source.indexOf('\n', at), 0);
    } else if (source.startsWith("/*", at)) {
      at = endOr(source.indexOf("*/", at + 2), 2);
    } else if (c == '"' || c == '\'') {
      add(afterText(at, c), String.valueOf(c));
    } else if (c == '`') {
      add(afterTemplate(at), "`");
    } else if (c == '/' && isPattern()) {
      add(afterPattern(), "/p");
    } else if (Character.isJavaIdentifierPart(c)) {
      int end = at;
      while (end < source.length() && isPartOfWord(c, end)) {
        end++;
      }
      add(end, source.substring(at, end));
    } else {
      Optional<String> operator = LONG.stream().filter(o -> source.startsWith(o, at)).findFirst();
      String text = operator.orElse(String.valueOf(c));
      add(at + text.length(), text);
    }
  }

  /** A number takes its fraction along. */
  private boolean isPartOfWord(char first, int index) {
    char c = source.charAt(index);
    return Character.isJavaIdentifierPart(c) || c == '.' && Character.isDigit(first);
  }

  private void add(int end, String text) {
    tokens.add(new Token(at, end, text));
    at = end;
  }

  private int endOr(int found, int length) {
    return found < 0 ? source.length() : found + length;
  }

  private boolean isPattern() {
    return tokens.isEmpty() || tokens.getLast().isBeforePattern();
  }

  private int afterText(int start, char quote) {
    int i = start + 1;
    while (i < source.length() && source.charAt(i) != quote) {
      i += source.charAt(i) == '\\' ? 2 : 1;
    }
    return Math.min(source.length(), i + 1);
  }

  private int afterPattern() {
    int i = at + 1;
    boolean inClass = false;
    while (i < source.length() && (inClass || source.charAt(i) != '/')) {
      char c = source.charAt(i);
      if (c == '\n') {
        return at + 1;
      }
      inClass = c == '[' || inClass && c != ']';
      i += c == '\\' ? 2 : 1;
    }
    i++;
    while (i < source.length() && Character.isLetter(source.charAt(i))) {
      i++;
    }
    return Math.min(source.length(), i);
  }

  private int afterTemplate(int start) {
    int i = start + 1;
    while (i < source.length() && source.charAt(i) != '`') {
      if (source.charAt(i) == '\\') {
        i += 2;
      } else if (source.startsWith("${", i)) {
        i = afterBraces(i + 2);
      } else {
        i++;
      }
    }
    return Math.min(source.length(), i + 1);
  }

  private int afterBraces(int start) {
    int depth = 1;
    int i = start;
    while (i < source.length() && depth > 0) {
      char c = source.charAt(i);
      switch (c) {
        case '`' -> i = afterTemplate(i);
        case '"', '\'' -> i = afterText(i, c);
        case '{' -> {
          depth++;
          i++;
        }
        case '}' -> {
          depth--;
          i++;
        }
        default -> i++;
      }
    }
    return i;
  }
}
