package org.skerry.postgres.number;

import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an application's codes look like: a number with something before and behind it. */
public final class CodeForm {
  private static final int LONGEST = 200;
  private static final String DIGITS = "([0-9]{1,18})";

  /** Python's string.Template, in which Tryton's prefixes are written. */
  private static final Pattern BLANK =
      Pattern.compile("\\$(?:(\\$)|([_a-zA-Z][_a-zA-Z0-9]*)|\\{([_a-zA-Z][_a-zA-Z0-9]*)\\})");

  private final String prefix;
  private final String suffix;
  private final Optional<Integer> padding;
  private final Pattern pattern;

  private CodeForm(String prefix, String suffix, Optional<Integer> padding) {
    this.prefix = prefix;
    this.suffix = suffix;
    this.padding = padding;
    this.pattern =
        Pattern.compile(expression(prefix) + DIGITS + expression(suffix), Pattern.DOTALL);
  }

  /**
   * Codes between two texts.
   *
   * @param padding how many digits they have at least; where nobody knows, any may be there
   */
  public static CodeForm plain(String prefix, String suffix, Optional<Integer> padding) {
    return new CodeForm(prefix.replace("$", "$$"), suffix.replace("$", "$$"), padding);
  }

  /** Codes as Tryton makes them: the texts may have blanks, such as {@code ${year}}. */
  static CodeForm template(String prefix, String suffix, int padding) {
    return new CodeForm(prefix, suffix, Optional.of(padding));
  }

  private static String expression(String template) {
    StringBuilder expression = new StringBuilder();
    Matcher blanks = BLANK.matcher(template);
    int at = 0;
    while (blanks.find()) {
      expression.append(Pattern.quote(template.substring(at, blanks.start())));
      expression.append(
          switch (name(blanks.toMatchResult())) {
            case "$" -> "\\$";
            case "year" -> "[0-9]{4}";
            case "month", "day" -> "[0-9]{2}";
            // Modules have blanks of their own.
            default -> ".*?";
          });
      at = blanks.end();
    }
    return expression.append(Pattern.quote(template.substring(at))).toString();
  }

  private static String name(MatchResult blank) {
    for (int group = 1; group <= blank.groupCount(); group++) {
      if (blank.group(group) != null) {
        return blank.group(group);
      }
    }
    return "";
  }

  /** The number in a code, if the application may have made that code of one. */
  OptionalLong number(String code) {
    if (code.length() > LONGEST) {
      return OptionalLong.empty();
    }
    Matcher matcher = pattern.matcher(code);
    if (!matcher.matches()) {
      return OptionalLong.empty();
    }
    String digits = matcher.group(1);
    long number = Long.parseLong(digits);
    boolean fits = padding.filter(width -> !padded(number, width).equals(digits)).isEmpty();
    return fits ? OptionalLong.of(number) : OptionalLong.empty();
  }

  /**
   * The code of a number.
   *
   * @param like the code in whose place it comes; what it has around its number stays
   */
  String code(long number, String like, LocalDate today) {
    if (number(like).isPresent()) {
      Matcher matcher = pattern.matcher(like);
      matcher.matches();
      int zeros = matcher.group(1).startsWith("0") ? matcher.group(1).length() : 0;
      return like.substring(0, matcher.start(1))
          + padded(number, padding.orElse(zeros))
          + like.substring(matcher.end(1));
    }
    return filled(prefix, today) + padded(number, padding.orElse(0)) + filled(suffix, today);
  }

  private static String padded(long number, int width) {
    String digits = Long.toString(number);
    return "0".repeat(Math.max(0, width - digits.length())) + digits;
  }

  private static String filled(String template, LocalDate today) {
    return BLANK
        .matcher(template)
        .replaceAll(
            blank ->
                Matcher.quoteReplacement(
                    switch (name(blank)) {
                      case "$" -> "$";
                      case "year" -> String.format(Locale.ROOT, "%04d", today.getYear());
                      case "month" -> String.format(Locale.ROOT, "%02d", today.getMonthValue());
                      case "day" -> String.format(Locale.ROOT, "%02d", today.getDayOfMonth());
                      default -> "";
                    }));
  }
}
