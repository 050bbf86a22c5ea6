package org.skerry.postgres.row;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.skerry.document.JsonScanner;
import org.skerry.postgres.mapping.Kind;

/**
 * PostgreSQL's arrays as JSON's, and back, element by element. What JSON's arrays cannot say stays
 * the text that it is: bounds other than the usual ones, and JSON's own null beside SQL's. Used
 * once, by one thread.
 */
final class Arrays {
  /** PostgreSQL has no more dimensions. */
  private static final int DEEPEST = 6;

  private static final char END = '\0';

  private final String type;
  private final Kind kind;
  private final String text;
  private int at;

  /** Whether it is nothing that JSON can say. */
  private boolean odd;

  private Arrays(String type, String text) {
    this.type = type.substring(1);
    this.kind = Values.kind(this.type);
    this.text = text;
  }

  /** Whether a type's short name is an array's. Only boxes are not parted by commas. */
  static boolean isArray(String type) {
    return type.length() > 1 && type.charAt(0) == '_' && !type.equals("_box");
  }

  /** Whether the elements are JSON: then arrays in the array are elements, and no dimensions. */
  static boolean isOfJson(String type) {
    return isArray(type) && Values.kind(type.substring(1)) == Kind.JSON;
  }

  /** An array's text as JSON; nothing where JSON has no such array. */
  static Optional<String> json(String type, String text) {
    Arrays array = new Arrays(type, text);
    String json = array.peek() == '{' ? array.array(1) : "";
    return array.odd || json.isEmpty() || array.at < text.length()
        ? Optional.empty()
        : Optional.of(json);
  }

  private char peek() {
    return at < text.length() ? text.charAt(at) : END;
  }

  private String array(int depth) {
    at++;
    if (peek() == '}') {
      at++;
      return "[]";
    }
    StringBuilder json = new StringBuilder("[");
    while (!odd) {
      json.append(element(depth));
      char behind = peek();
      at++;
      if (behind == '}') {
        break;
      }
      odd |= behind != ',';
      json.append(',');
    }
    return json.append(']').toString();
  }

  private String element(int depth) {
    return switch (peek()) {
      case '{' -> {
        odd |= depth == DEEPEST || kind == Kind.JSON;
        yield odd ? "" : array(depth + 1);
      }
      case '"' -> value(quoted());
      default -> {
        String plain = plain();
        yield plain.equalsIgnoreCase("null") ? "null" : value(plain);
      }
    };
  }

  private String value(String element) {
    String json = Values.json(kind, type, element);
    odd |= json.equals("null");
    return json;
  }

  private String plain() {
    int from = at;
    while (peek() != ',' && peek() != '}' && peek() != END) {
      at++;
    }
    odd |= at == from;
    return text.substring(from, at);
  }

  private String quoted() {
    StringBuilder element = new StringBuilder();
    at++;
    while (peek() != '"' && peek() != END) {
      if (peek() == '\\') {
        at++;
      }
      element.append(peek());
      at++;
    }
    odd |= peek() == END;
    at++;
    return element.toString();
  }

  /**
   * JSON's array as PostgreSQL reads it.
   *
   * @throws UnfitValueException when no array can hold it
   */
  static String text(String type, String json) {
    StringBuilder text = new StringBuilder();
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    append(text, type.substring(1), bytes, new JsonScanner(bytes, Integer.MAX_VALUE), 1);
    return text.toString();
  }

  private static void append(
      StringBuilder text, String type, byte[] json, JsonScanner scanner, int depth) {
    Kind kind = Values.kind(type);
    scanner.enterArray();
    text.append('{');
    for (boolean first = true; scanner.element(first); first = false) {
      text.append(first ? "" : ",");
      int begin = scanner.peek();
      if (begin == '[' && kind != Kind.JSON) {
        if (depth == DEEPEST) {
          throw new UnfitValueException("is nested deeper than PostgreSQL's arrays are");
        }
        append(text, type, json, scanner, depth + 1);
        continue;
      }
      int from = scanner.position();
      scanner.skipValue();
      String raw = new String(json, from, scanner.position() - from, StandardCharsets.UTF_8);
      text.append(raw.equals("null") ? "NULL" : quoted(Values.text(kind, type, raw)));
    }
    text.append('}');
  }

  private static String quoted(String element) {
    return '"' + element.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
