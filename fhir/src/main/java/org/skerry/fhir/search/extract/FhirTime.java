package org.skerry.fhir.search.extract;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The time that a text of FHIR means, as far as it is precise: milliseconds since 1970 from {@code
 * low} until before {@code high}. What has no zone is taken as UTC, in resources and in queries, so
 * that every node answers the same.
 */
public record FhirTime(long low, long high) {
  /** Below everything that can be written. */
  public static final long MIN = -62_167_219_200_000L;

  /** Above everything that can be written. */
  public static final long MAX = 253_402_300_800_000L;

  private static final Pattern FORM =
      Pattern.compile(
          "(\\d{4})(?:-(\\d\\d)(?:-(\\d\\d)(?:[T ](\\d\\d):(\\d\\d)(?::(\\d\\d)(?:\\.(\\d+))?)?"
              + "(Z|[+-]\\d\\d:\\d\\d)?)?)?)?");

  private static final int YEAR = 1;
  private static final int MONTH = 2;
  private static final int DAY = 3;
  private static final int HOUR = 4;
  private static final int MINUTE = 5;
  private static final int SECOND = 6;
  private static final int FRACTION = 7;
  private static final int ZONE = 8;

  private static final long MILLIS = 1_000;
  private static final long A_MINUTE = 60 * MILLIS;
  private static final int DIGITS = 3;

  /** Reads a date, a dateTime, an instant, or what a query may have of them. */
  public static Optional<FhirTime> parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(read(form));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static FhirTime read(Matcher form) {
    int year = number(form, YEAR);
    if (form.group(MONTH) == null) {
      return days(LocalDate.of(year, 1, 1), LocalDate.of(year + 1, 1, 1));
    }
    int month = number(form, MONTH);
    if (form.group(DAY) == null) {
      YearMonth whole = YearMonth.of(year, month);
      return days(whole.atDay(1), whole.plusMonths(1).atDay(1));
    }
    LocalDate day = LocalDate.of(year, month, number(form, DAY));
    return form.group(HOUR) == null ? days(day, day.plusDays(1)) : within(day, form);
  }

  private static FhirTime within(LocalDate day, Matcher form) {
    boolean hasSeconds = form.group(SECOND) != null;
    // A leap second is the last one of its minute here: Java's calendar has none.
    int second = hasSeconds ? Math.min(59, number(form, SECOND)) : 0;
    LocalDateTime time = day.atTime(number(form, HOUR), number(form, MINUTE), second);
    String zone = form.group(ZONE);
    ZoneOffset offset = zone == null ? ZoneOffset.UTC : ZoneOffset.of(zone);
    long low = time.toEpochSecond(offset) * MILLIS;
    String fraction = form.group(FRACTION);
    if (!hasSeconds) {
      return new FhirTime(low, low + A_MINUTE);
    }
    if (fraction == null) {
      return new FhirTime(low, low + MILLIS);
    }
    long width = MILLIS;
    for (int i = 0; i < Math.min(DIGITS, fraction.length()); i++) {
      width /= 10;
      low += width * (fraction.charAt(i) - '0');
    }
    return new FhirTime(low, low + width);
  }

  private static FhirTime days(LocalDate from, LocalDate to) {
    return new FhirTime(
        from.atStartOfDay().toEpochSecond(ZoneOffset.UTC) * MILLIS,
        to.atStartOfDay().toEpochSecond(ZoneOffset.UTC) * MILLIS);
  }

  private static int number(Matcher form, int group) {
    return Integer.parseInt(form.group(group));
  }
}
