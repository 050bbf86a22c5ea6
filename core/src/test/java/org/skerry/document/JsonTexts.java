package org.skerry.document;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/** JSON by chance, as tokens: so that one text can be spelled with and without white space. */
final class JsonTexts {
  private static final List<String> NUMBERS =
      List.of(
          "0",
          "-0",
          "1",
          "-1.50",
          "1e3",
          "1E+30",
          "2.5e-7",
          "0.1000",
          "12345678901234567890123",
          "1e400",
          "-123456789.987654321");
  private static final List<String> PIECES =
      List.of(
          "a",
          "B",
          " ",
          "é",
          "😀",
          "\\n",
          "\\\"",
          "\\\\",
          "\\/",
          "\\u00e9",
          "\\ud83d\\ude00",
          "\\u0000",
          "{",
          "}",
          "[",
          ",",
          ":",
          "_",
          "\u007f",
          "\u2028");
  private static final List<String> BLANKS = List.of("", "", "", " ", "\n", "\t\r\n ", "  ");

  private final RandomGenerator random;

  JsonTexts(RandomGenerator random) {
    this.random = random;
  }

  /** Tokens of an object; at the top level with underscore members that have a meaning. */
  List<String> document() {
    List<String> tokens = new ArrayList<>();
    object(tokens, 0, true);
    return tokens;
  }

  /** Tokens of an object without underscore members. */
  List<String> body() {
    List<String> tokens = new ArrayList<>();
    object(tokens, 0, false);
    return tokens;
  }

  static String compact(List<String> tokens) {
    return String.join("", tokens);
  }

  /** The same tokens with white space between them. */
  String spaced(List<String> tokens) {
    StringBuilder text = new StringBuilder(blank());
    for (String token : tokens) {
      text.append(token).append(blank());
    }
    return text.toString();
  }

  private String blank() {
    return pick(BLANKS);
  }

  private <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private void object(List<String> tokens, int depth, boolean specials) {
    tokens.add("{");
    boolean first = true;
    for (String name : names(specials)) {
      if (!first) {
        tokens.add(",");
      }
      first = false;
      tokens.add("\"" + name + "\"");
      tokens.add(":");
      if (specials && name.startsWith("_")) {
        tokens.add(special(name));
      } else {
        value(tokens, depth + 1);
      }
    }
    tokens.add("}");
  }

  private List<String> names(boolean specials) {
    Set<String> names = new LinkedHashSet<>();
    for (int count = random.nextInt(6); count > 0; count--) {
      // A number at the end keeps names apart whose escapes spell the same character.
      names.add("n" + string() + names.size());
    }
    List<String> all = new ArrayList<>(names);
    if (specials) {
      for (String special :
          List.of("_id", "_rev", "_deleted", "_revisions", "_attachments", "_conflicts")) {
        if (random.nextInt(3) == 0) {
          all.add(random.nextInt(all.size() + 1), special);
        }
      }
    }
    return all;
  }

  private String special(String name) {
    return switch (name) {
      case "_id" -> "\"" + string() + "\"";
      case "_rev" -> "\"" + (1 + random.nextInt(99)) + "-0123456789abcdef0123456789abcdef\"";
      case "_deleted" -> random.nextBoolean() ? "true" : "false";
      case "_revisions" -> "{\"start\": 2,\"ids\":[\"b\",\"a\"] }";
      case "_attachments" -> "{\"f\":{\"stub\":true, \"length\":1.0}}";
      default -> "[1,{\"a\":\"}\"}]";
    };
  }

  private String string() {
    StringBuilder text = new StringBuilder();
    for (int length = random.nextInt(6); length > 0; length--) {
      text.append(pick(PIECES));
    }
    return text.toString();
  }

  private void value(List<String> tokens, int depth) {
    int kind = random.nextInt(depth > 5 ? 5 : 7);
    switch (kind) {
      case 0 -> tokens.add("true");
      case 1 -> tokens.add("null");
      case 2, 3 -> tokens.add(pick(NUMBERS));
      case 4 -> tokens.add("\"" + string() + "\"");
      case 5 -> object(tokens, depth, false);
      default -> {
        tokens.add("[");
        for (int length = random.nextInt(4); length > 0; length--) {
          value(tokens, depth + 1);
          tokens.add(length > 1 ? "," : "");
        }
        tokens.add("]");
      }
    }
  }
}
