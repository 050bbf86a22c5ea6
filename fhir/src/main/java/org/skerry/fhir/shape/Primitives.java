package org.skerry.fhir.shape;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Whether primitive values are what their types say (http://hl7.org/fhir/R4/datatypes.html). */
final class Primitives {
  private static final String DAY = "(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01])%s)?)?";
  private static final String YEAR = "[0-9]{4}";
  private static final String TIME = "([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\\.[0-9]+)?";
  private static final String ZONE = "(Z|[+-]((0[0-9]|1[0-3]):[0-5][0-9]|14:00))";
  private static final Pattern DATE = Pattern.compile(YEAR + DAY.formatted(""));
  private static final Pattern DATE_TIME =
      Pattern.compile(YEAR + DAY.formatted("(T" + TIME + ZONE + ")?"));
  private static final Pattern INSTANT =
      Pattern.compile(YEAR + "-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T" + TIME + ZONE);
  private static final Pattern CLOCK = Pattern.compile(TIME);
  private static final int LONGEST_INTEGER = 11;

  private Primitives() {}

  static boolean isDate(String type, byte[] json, int from, int to) {
    String text = new String(json, from, to - from, StandardCharsets.UTF_8);
    Pattern pattern =
        switch (type) {
          case "date" -> DATE;
          case "instant" -> INSTANT;
          case "time" -> CLOCK;
          default -> DATE_TIME;
        };
    return pattern.matcher(text).matches();
  }

  static boolean isInteger(String type, byte[] json, int from, int to) {
    if (to - from > LONGEST_INTEGER) {
      return false;
    }
    long value = 0;
    for (int i = json[from] == '-' ? from + 1 : from; i < to; i++) {
      int digit = json[i] - '0';
      if (digit < 0 || digit > 9) {
        return false;
      }
      value = value * 10 + digit;
    }
    if (json[from] == '-') {
      value = -value;
    }
    long least =
        switch (type) {
          case "positiveInt" -> 1;
          case "unsignedInt" -> 0;
          default -> Integer.MIN_VALUE;
        };
    return value >= least && value <= Integer.MAX_VALUE;
  }
}
