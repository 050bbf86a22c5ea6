package org.skerry.selector;

import java.util.List;
import java.util.Random;
import java.util.StringJoiner;

/** Small documents and selectors that meet often enough to matter. */
final class RandomJson {
  private static final List<String> NAMES = List.of("a", "b", "_id", "0", "c");
  private static final List<String> SCALARS =
      List.of(
          "null",
          "true",
          "false",
          "0",
          "1",
          "1.0",
          "-2",
          "1.5",
          "1e0",
          "12345678901234567890",
          "'a'",
          "'A'",
          "'b'",
          "''",
          "'\u00e9'",
          "'e\u0301'",
          "'a\\u0001'");
  private static final List<String> COMPARISONS =
      List.of("$lt", "$lte", "$eq", "$ne", "$gte", "$gt");
  private static final List<String> TYPES =
      List.of("null", "boolean", "number", "string", "array", "object", "date");

  private final Random random;

  RandomJson(long seed) {
    random = new Random(seed);
  }

  String document() {
    return object(3);
  }

  private String value(int depth) {
    return switch (depth == 0 ? 0 : random.nextInt(4)) {
      case 2 -> array(depth - 1);
      case 3 -> object(depth - 1);
      default -> pick(SCALARS);
    };
  }

  private String array(int depth) {
    StringJoiner array = new StringJoiner(",", "[", "]");
    for (int i = random.nextInt(4); i > 0; i--) {
      array.add(value(depth));
    }
    return array.toString();
  }

  private String object(int depth) {
    StringJoiner object = new StringJoiner(",", "{", "}");
    for (String name : NAMES) {
      if (random.nextBoolean()) {
        object.add("'" + name + "':" + value(depth));
      }
    }
    return object.toString();
  }

  /** A selector that is well-formed, but for conditions that may lack a field name. */
  String selector(int depth) {
    StringJoiner selector = new StringJoiner(",", "{", "}");
    for (int i = random.nextInt(5) == 0 ? 2 : 1; i > 0; i--) {
      // Each member's name differs, for an object has a name once.
      selector.add(i == 2 ? "'$and':" + list(depth - 1) : member(depth));
    }
    return selector.toString();
  }

  private String member(int depth) {
    int kind = random.nextInt(depth <= 0 ? 4 : 8);
    return switch (kind) {
      case 4 -> "'$or':" + list(depth - 1);
      case 5 -> "'$nor':" + list(depth - 1);
      case 6 -> "'$not':" + condition(depth - 1);
      default -> "'" + path() + "':" + condition(depth - 1);
    };
  }

  private String path() {
    String path = pick(NAMES);
    return random.nextInt(3) == 0 ? path + "." + pick(NAMES) : path;
  }

  private String list(int depth) {
    StringJoiner list = new StringJoiner(",", "[", "]");
    for (int i = random.nextInt(3); i > 0; i--) {
      list.add(random.nextInt(4) == 0 ? condition(depth) : selector(depth));
    }
    return list.toString();
  }

  private String condition(int depth) {
    return switch (random.nextInt(depth <= 0 ? 10 : 15)) {
      case 0 -> "{'$in':" + array(1) + "}";
      case 1 -> "{'$nin':" + array(1) + "}";
      case 2 -> "{'$exists':" + random.nextBoolean() + "}";
      case 3 -> "{'$type':'" + pick(TYPES) + "'}";
      case 4 -> "{'$size':" + random.nextInt(3) + "}";
      case 5 -> "{'$mod':[2," + random.nextInt(2) + "]}";
      case 6 -> "{'$beginsWith':'" + pick(List.of("", "a", "\u00e9")) + "'}";
      case 10 -> "{'$elemMatch':" + inner(depth) + "}";
      case 11 -> "{'$allMatch':" + inner(depth) + "}";
      case 12 -> "{'$keyMapMatch':" + inner(depth) + "}";
      case 13 -> "{'$not':" + inner(depth) + "}";
      case 14 -> selector(depth - 1);
      default -> "{'" + pick(COMPARISONS) + "':" + value(1) + "}";
    };
  }

  private String inner(int depth) {
    return random.nextBoolean() ? condition(depth - 1) : selector(depth - 1);
  }

  /**
   * A text of JSON's and selectors' pieces: sometimes a selector, sometimes JSON, mostly neither.
   */
  String noise(int depth) {
    return switch (random.nextInt(depth == 0 ? 2 : 5)) {
      case 0 -> pick(SCALARS);
      case 1 -> value(1);
      case 2 -> "[" + noise(depth - 1) + "," + noise(depth - 1) + "]";
      default -> "{'" + pick(OPERATORS_AND_NAMES) + "':" + noise(depth - 1) + "}";
    };
  }

  private static final List<String> OPERATORS_AND_NAMES =
      List.of(
          "$lt",
          "$lte",
          "$eq",
          "$ne",
          "$gte",
          "$gt",
          "$in",
          "$nin",
          "$exists",
          "$type",
          "$size",
          "$mod",
          "$regex",
          "$beginsWith",
          "$and",
          "$or",
          "$not",
          "$nor",
          "$all",
          "$elemMatch",
          "$allMatch",
          "$keyMapMatch",
          "$text",
          "$default",
          "$",
          "a",
          "",
          ".",
          "a.b",
          "a\\\\.b",
          "_id");

  private String pick(List<String> list) {
    return list.get(random.nextInt(list.size()));
  }
}
