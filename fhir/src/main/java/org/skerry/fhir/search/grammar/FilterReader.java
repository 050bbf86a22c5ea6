package org.skerry.fhir.search.grammar;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Reads expressions of {@code _filter} (http://hl7.org/fhir/R4/search_filter.html).
 *
 * <pre>
 *   filter = single *(("and" | "or") single)       from left to right: neither binds more
 *   single = "not" "(" filter ")" | "(" filter ")" | path SP operator SP value
 *   path   = name [["[" filter "]"] "." path]
 *   value  = JSON string | anything up to a blank, ")" or "]"
 * </pre>
 *
 * A name may have colons, for {@code subject:Patient.name}, as chains of queries have them, and for
 * {@code _has:Observation:patient:code}.
 */
public final class FilterReader {
  private static final int MOST_DEPTH = 16;
  private static final int MOST_TESTS = 100;
  private static final int HEX = 16;
  private static final int HEX_DIGITS = 4;

  private final String text;
  private int at;
  private int depth;
  private int tests;

  private FilterReader(String text) {
    this.text = text;
  }

  /**
   * Reads one.
   *
   * @throws GrammarException when it is none
   */
  public static Filter read(String text) {
    FilterReader reader = new FilterReader(text);
    Filter filter = reader.logical();
    if (reader.at < text.length()) {
      throw reader.expected("\"and\", \"or\" or the end");
    }
    return filter;
  }

  private Filter logical() {
    if (++depth > MOST_DEPTH) {
      throw fault(at, "more than " + MOST_DEPTH + " brackets within each other");
    }
    Filter left = single();
    while (true) {
      blanks();
      if (skip("and")) {
        left = left.and(single());
      } else if (skip("or")) {
        left = left.or(single());
      } else {
        depth--;
        return left;
      }
    }
  }

  private Filter single() {
    blanks();
    int start = at;
    if (is('(')) {
      return bracketed('(', ')');
    }
    if (skip("not")) {
      blanks();
      if (is('(')) {
        return new Filter.Not(bracketed('(', ')'));
      }
      throw expected("\"(\" behind \"not\"");
    }
    if (++tests > MOST_TESTS) {
      throw fault(at, "more than " + MOST_TESTS + " comparisons");
    }
    Filter.Path path = path();
    Operator operator = operator();
    return new Filter.Test(path, operator, value(operator), start);
  }

  private Filter bracketed(char open, char close) {
    int start = at++;
    Filter inner = logical();
    if (!is(close)) {
      throw at == text.length()
          ? fault(start, "\"" + open + "\" is not closed")
          : expected("\"and\", \"or\" or \"" + close + "\"");
    }
    at++;
    return inner;
  }

  private Filter.Path path() {
    int start = at;
    while (at < text.length() && isOfName(text.charAt(at))) {
      at++;
    }
    if (start == at || "-:".indexOf(text.charAt(start)) >= 0 || isDigit(text.charAt(start))) {
      at = start;
      throw expected("the name of a search parameter");
    }
    String name = text.substring(start, at);
    Optional<Filter> where = is('[') ? Optional.of(bracketed('[', ']')) : Optional.empty();
    if (!is('.')) {
      if (where.isPresent()) {
        throw expected("\".\" behind \"]\"");
      }
      return new Filter.Path(name, where, Optional.empty());
    }
    at++;
    return new Filter.Path(name, where, Optional.of(path()));
  }

  private static boolean isOfName(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || isDigit(c) || "_-:".indexOf(c) >= 0;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private Operator operator() {
    if (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
      throw expected("a blank behind the name");
    }
    blanks();
    Optional<Operator> operator = Operator.of(word());
    if (operator.isEmpty()) {
      throw expected(
          "an operator ("
              + Arrays.stream(Operator.values())
                  .map(Operator::text)
                  .collect(Collectors.joining(", "))
              + ")");
    }
    at += word().length();
    return operator.get();
  }

  private String value(Operator operator) {
    blanks();
    if (is('"')) {
      return string();
    }
    int start = at;
    while (at < text.length() && !isEnd(text.charAt(at))) {
      at++;
    }
    if (start == at) {
      throw expected("a value behind \"" + operator.text() + "\"");
    }
    return text.substring(start, at);
  }

  private static boolean isEnd(char c) {
    return Character.isWhitespace(c) || c == ')' || c == ']';
  }

  private String string() {
    int start = at++;
    StringBuilder string = new StringBuilder();
    while (at < text.length() && !is('"')) {
      char c = text.charAt(at++);
      string.append(c == '\\' ? escaped() : c);
    }
    if (at == text.length()) {
      throw fault(start, "this string is not closed");
    }
    at++;
    return string.toString();
  }

  private char escaped() {
    char c = at < text.length() ? text.charAt(at++) : ' ';
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> hexadecimal();
      default -> throw fault(at - 1, "JSON has no such escape");
    };
  }

  private char hexadecimal() {
    int code = 0;
    for (int i = 0; i < HEX_DIGITS; i++) {
      int digit = at < text.length() ? Character.digit(text.charAt(at), HEX) : -1;
      if (digit < 0) {
        throw fault(at, "four hexadecimal digits are expected behind \\u");
      }
      code = code * HEX + digit;
      at++;
    }
    return (char) code;
  }

  private void blanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private boolean is(char c) {
    return at < text.length() && text.charAt(at) == c;
  }

  /** The letters that stand here, unless they are part of a longer name. */
  private String word() {
    int end = at;
    while (end < text.length() && isOfName(text.charAt(end))) {
      end++;
    }
    return text.substring(at, end);
  }

  private boolean skip(String operator) {
    boolean here = word().toLowerCase(Locale.ROOT).equals(operator);
    at += here ? operator.length() : 0;
    return here;
  }

  private GrammarException expected(String what) {
    int end = at;
    while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
      end++;
    }
    return fault(
        at,
        what
            + " is expected"
            + (at == end ? " at the end" : ", and not \"" + text.substring(at, end) + "\""));
  }

  private static GrammarException fault(int at, String message) {
    return new GrammarException(at, message);
  }
}
