package org.skerry.postgres.row;

import java.util.SplittableRandom;
import java.util.UUID;

/** Rows with any values that their types can have. */
final class SomeRows {
  private static final String[] TEXTS = {
    "", " ", "Ana", "O'Brien \"x\"", "山田\n花子", "\\", "a\tb", "\uD83D\uDE00", "null", "{}"
  };

  private SomeRows() {}

  static Row next(SplittableRandom random) {
    Row.Builder row = Row.builder();
    put(row, random, "i", "" + random.nextInt());
    put(row, random, "l", "" + random.nextLong());
    put(row, random, "n", random.nextInt(9) == 0 ? "NaN" : digits(random) + "." + digits(random));
    put(row, random, "money", random.nextInt(1_000_000) + ".5");
    put(row, random, "d", random.nextInt(9) == 0 ? "-Infinity" : "" + random.nextDouble());
    put(row, random, "b", random.nextBoolean() ? "t" : "f");
    put(row, random, "t", TEXTS[random.nextInt(TEXTS.length)]);
    put(row, random, "c", "x".repeat(random.nextInt(8)));
    put(row, random, "raw", "\\x" + Long.toHexString(random.nextLong() | 1L << 63));
    put(row, random, "ts", moment(random));
    put(row, random, "tz", moment(random) + (random.nextBoolean() ? "+05:45" : "-03"));
    put(row, random, "day", moment(random).substring(0, 10));
    put(row, random, "span", random.nextInt(1_000) + " days " + random.nextInt(60) + " seconds");
    put(row, random, "js", json(random));
    put(row, random, "jb", json(random));
    put(row, random, "u", new UUID(random.nextLong(), random.nextLong()).toString());
    put(row, random, "list", "{" + random.nextInt() + ",NULL}");
    return row.build();
  }

  private static void put(Row.Builder row, SplittableRandom random, String column, String text) {
    row.put(column, random.nextInt(6) == 0 ? null : text);
  }

  private static String digits(SplittableRandom random) {
    return "" + random.nextLong(1, Long.MAX_VALUE);
  }

  private static String moment(SplittableRandom random) {
    return "%04d-%02d-%02d %02d:%02d:%02d.%d"
        .formatted(
            random.nextInt(1, 10_000),
            random.nextInt(1, 13),
            random.nextInt(1, 29),
            random.nextInt(24),
            random.nextInt(60),
            random.nextInt(60),
            random.nextInt(1_000_000));
  }

  private static String json(SplittableRandom random) {
    return "{\"b\": " + random.nextInt() + ".50, \"a\": [1, null, \"x\\u00f1\"]}";
  }
}
