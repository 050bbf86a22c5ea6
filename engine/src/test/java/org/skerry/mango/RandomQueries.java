package org.skerry.mango;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.StringJoiner;

/** Small documents, selectors, indexes and sorts that meet often enough to matter. */
final class RandomQueries {
  private static final List<String> NAMES = List.of("a", "b", "c");
  private static final List<String> PATHS =
      List.of("a", "b", "c", "a", "b", "a.b", "b.0", "c.a", "_id");
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
          "12345678901234567890",
          "'a'",
          "'A'",
          "'b'",
          "'ab'",
          "''",
          "'\u00e9'",
          "'e\u0301'",
          "'a\\u0001'",
          "'\ud83d\ude00'");
  private static final List<String> IDS =
      List.of("a", "A", "b", "B", "aa", "Z", "\u00e9", "e\u0301", "0", "a b", "_design/x");
  private static final List<String> COMPARISONS =
      List.of("$lt", "$lte", "$eq", "$ne", "$gte", "$gt");

  private final SplittableRandom random;

  RandomQueries(SplittableRandom random) {
    this.random = random;
  }

  String pick(List<String> list) {
    return list.get(random.nextInt(list.size()));
  }

  boolean oneIn(int n) {
    return random.nextInt(n) == 0;
  }

  int below(int n) {
    return random.nextInt(n);
  }

  List<String> ids() {
    return IDS;
  }

  /** An object with single quotes. */
  String document(int depth) {
    StringJoiner object = new StringJoiner(",", "{", "}");
    for (String name : NAMES) {
      if (!oneIn(4)) {
        object.add("'" + name + "':" + value(depth));
      }
    }
    return object.toString();
  }

  private String value(int depth) {
    return switch (depth == 0 ? 0 : below(6)) {
      case 4 -> array(depth - 1);
      case 5 -> document(depth - 1);
      default -> pick(SCALARS);
    };
  }

  private String array(int depth) {
    StringJoiner array = new StringJoiner(",", "[", "]");
    for (int i = below(4); i > 0; i--) {
      array.add(value(depth));
    }
    return array.toString();
  }

  /** A selector whose conditions all name a member. */
  String selector(int depth) {
    StringJoiner selector = new StringJoiner(",", "{", "}");
    List<String> left = new ArrayList<>(PATHS.stream().distinct().toList());
    for (int i = oneIn(3) ? 2 : 1; i > 0; i--) {
      selector.add("'" + left.remove(below(left.size())) + "':" + condition(depth));
    }
    if (depth > 0 && oneIn(3)) {
      selector.add(
          "'" + pick(List.of("$and", "$or", "$nor")) + "':" + selectors(depth - 1, below(3)));
    }
    return oneIn(30) ? "{}" : depth > 0 && oneIn(6) ? "{'$not':" + selector + "}" : selector + "";
  }

  private String selectors(int depth, int count) {
    StringJoiner list = new StringJoiner(",", "[", "]");
    for (int i = count; i > 0; i--) {
      list.add(selector(depth));
    }
    return list.toString();
  }

  private String condition(int depth) {
    return switch (below(depth > 0 ? 14 : 12)) {
      case 0 -> "{'$in':" + array(1) + "}";
      case 1 -> "{'$exists':" + !oneIn(4) + "}";
      case 2 -> "{'$type':'string'}";
      case 3 -> "{'$beginsWith':'" + pick(List.of("", "a", "A", "\u00e9")) + "'}";
      case 4, 5 -> value(1);
      case 6, 7 -> "{'$gt':" + pick(SCALARS) + ",'$lte':" + pick(SCALARS) + "}";
      case 12 -> "{'$elemMatch':" + test(depth - 1) + "}";
      case 13 -> "{'$not':" + test(depth - 1) + "}";
      default -> "{'" + pick(COMPARISONS) + "':" + value(1) + "}";
    };
  }

  /** A condition that is no plain value. */
  private String test(int depth) {
    String condition = condition(depth);
    return condition.startsWith("{'$") ? condition : "{'$eq':" + condition + "}";
  }

  /** Some paths, each once. */
  List<String> columns(int most) {
    List<String> left = new ArrayList<>(PATHS.stream().distinct().toList());
    List<String> columns = new ArrayList<>();
    for (int i = 1 + below(most); i > 0; i--) {
      columns.add(left.remove(below(left.size())));
    }
    return columns;
  }
}
