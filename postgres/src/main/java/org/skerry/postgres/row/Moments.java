package org.skerry.postgres.row;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Moments with a zone, told in UTC whatever the session's zone is. */
final class Moments {
  private static final Pattern MOMENT =
      Pattern.compile(
          "(\\d{4}-\\d\\d-\\d\\d)[ T](\\d\\d:\\d\\d:\\d\\d)(\\.\\d+)?"
              + "([+-])(\\d\\d)(?::?(\\d\\d))?(?::?(\\d\\d))?");
  private static final int SIGN = 4;
  private static final int HOURS = 5;
  private static final int MINUTES = 6;
  private static final int SECONDS = 7;

  private Moments() {}

  /** The moment in UTC; nothing for infinity, and for years that ISO 8601 has no digits for. */
  static Optional<String> instant(String text) {
    Matcher matcher = MOMENT.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Duration offset =
        Duration.ofHours(number(matcher, HOURS))
            .plusMinutes(number(matcher, MINUTES))
            .plusSeconds(number(matcher, SECONDS));
    try {
      LocalDateTime local = LocalDateTime.parse(matcher.group(1) + "T" + matcher.group(2));
      LocalDateTime utc =
          matcher.group(SIGN).equals("+") ? local.minus(offset) : local.plus(offset);
      String fraction = Optional.ofNullable(matcher.group(3)).orElse("");
      String seconds = utc.getSecond() == 0 ? ":00" : "";
      return Optional.of(utc + seconds + fraction + "Z");
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static long number(Matcher matcher, int group) {
    return Optional.ofNullable(matcher.group(group)).map(Long::parseLong).orElse(0L);
  }
}
