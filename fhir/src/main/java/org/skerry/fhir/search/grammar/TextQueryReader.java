package org.skerry.fhir.search.grammar;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads what {@code _text} and {@code _content} look for: {@code (bone OR liver) and metastases}.
 * R4 leaves the language to the server, and points to OData's {@code $search}, which this is:
 *
 * <pre>
 *   any  = some *("," some)              R4's comma, which every parameter has
 *   some = all *("OR" all)
 *   all  = one *(["AND"] one)
 *   one  = "NOT" one | "(" any ")" | word | word"*" | '"' words '"'
 * </pre>
 *
 * The operators are read in any case, as R4's example writes them; whoever looks for the word puts
 * it between quotes. A backslash takes the meaning from what follows it.
 */
public final class TextQueryReader {
  private static final int MOST_DEPTH = 16;
  private static final int MOST_WRITTEN = 100;
  private static final String SPECIAL = "(),\"";
  private static final char ESCAPE = '\\';
  private static final char QUOTE = '"';

  private final String text;
  private int at;
  private int written;

  private TextQueryReader(String text) {
    this.text = text;
  }

  /**
   * Reads one.
   *
   * @throws GrammarException when it is none
   */
  public static TextQuery read(String text) {
    TextQueryReader reader = new TextQueryReader(text);
    TextQuery read = reader.any(0);
    if (reader.at < text.length()) {
      throw new GrammarException(reader.at, "this bracket closes nothing");
    }
    return read;
  }

  private TextQuery any(int depth) {
    List<TextQuery> parts = new ArrayList<>(List.of(some(depth)));
    while (skip(',')) {
      parts.add(some(depth));
    }
    return parts.size() == 1 ? parts.getFirst() : new TextQuery.Any(parts);
  }

  private TextQuery some(int depth) {
    List<TextQuery> parts = new ArrayList<>(List.of(all(depth)));
    while (skip("or")) {
      parts.add(all(depth));
    }
    return parts.size() == 1 ? parts.getFirst() : new TextQuery.Any(parts);
  }

  private TextQuery all(int depth) {
    List<TextQuery> parts = new ArrayList<>(List.of(one(depth)));
    while (skip("and") || begins()) {
      parts.add(one(depth));
    }
    return parts.size() == 1 ? parts.getFirst() : new TextQuery.All(parts);
  }

  /** Whether something stands here that no operator parts from what stood before. */
  private boolean begins() {
    blanks();
    return at < text.length() && ",)".indexOf(text.charAt(at)) < 0 && !isNext("or");
  }

  private TextQuery one(int depth) {
    blanks();
    if (depth == MOST_DEPTH) {
      throw new GrammarException(at, "more than " + MOST_DEPTH + " brackets within each other");
    }
    if (skip("not")) {
      return new TextQuery.Not(one(depth + 1));
    }
    int start = at;
    if (skip('(')) {
      TextQuery inner = any(depth + 1);
      if (!skip(')')) {
        throw new GrammarException(start, "this bracket is not closed");
      }
      return inner;
    }
    if (at == text.length() || ",)".indexOf(text.charAt(at)) >= 0 || isNext("or", "and")) {
      throw new GrammarException(at, "a word is expected here");
    }
    if (++written > MOST_WRITTEN) {
      throw new GrammarException(at, "more than " + MOST_WRITTEN + " words");
    }
    return text.charAt(at) == QUOTE ? quoted() : word();
  }

  private TextQuery quoted() {
    int start = at++;
    StringBuilder words = new StringBuilder();
    while (at < text.length() && text.charAt(at) != QUOTE) {
      words.append(next());
    }
    if (at == text.length()) {
      throw new GrammarException(start, "this quote is not closed");
    }
    at++;
    return new TextQuery.Written(words.toString(), false, start);
  }

  private TextQuery word() {
    int start = at;
    StringBuilder word = new StringBuilder();
    boolean open = false;
    while (at < text.length() && !isEnd(text.charAt(at))) {
      open = text.charAt(at) == '*';
      word.append(next());
    }
    return new TextQuery.Written(word.toString(), open, start);
  }

  private char next() {
    char c = text.charAt(at++);
    return c == ESCAPE && at < text.length() ? text.charAt(at++) : c;
  }

  private static boolean isEnd(char c) {
    return Character.isWhitespace(c) || SPECIAL.indexOf(c) >= 0;
  }

  private void blanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private boolean skip(char c) {
    blanks();
    boolean here = at < text.length() && text.charAt(at) == c;
    at += here ? 1 : 0;
    return here;
  }

  private boolean skip(String operator) {
    blanks();
    boolean here = isNext(operator);
    at += here ? operator.length() : 0;
    return here;
  }

  private boolean isNext(String... operators) {
    int end = at;
    while (end < text.length() && !isEnd(text.charAt(end))) {
      end++;
    }
    return List.of(operators).contains(text.substring(at, end).toLowerCase(Locale.ROOT));
  }
}
