package org.skerry.postgres.number;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a column's default draws, as PostgreSQL spells the default: a number of a sequence, and what
 * is put around it.
 *
 * @param sequence as SQL names it
 * @param padding how many digits there are at least
 */
public record FilledBy(String sequence, String prefix, String suffix, int padding) {
  /** Casts and parentheses. */
  private static final String NOISE = "(?:[()\\s]|::[a-z ]+(?:\\([0-9]+\\))?)*";

  private static final String TEXT = "'((?:[^']|'')*)'" + NOISE;
  private static final String DRAW = "nextval\\('((?:[^']|'')+)'::regclass\\)" + NOISE;

  private static final Pattern RULE =
      Pattern.compile(
          NOISE
              + ("(?:" + TEXT + "\\|\\|" + NOISE + ")?")
              + ("(?:lpad\\(" + NOISE + DRAW + ", ([0-9]{1,2}), '0'" + NOISE)
              + ("|to_char\\(" + NOISE + DRAW + ", 'FM(0{1,18})'" + NOISE + "|" + DRAW + ")")
              + ("(?:\\|\\|" + NOISE + TEXT + ")?"));

  private static final int BEFORE = 1;
  private static final int CUT = 2;
  private static final int WIDTH = 3;
  private static final int FORMATTED = 4;
  private static final int ZEROS = 5;
  private static final int DRAWN = 6;
  private static final int BEHIND = 7;

  /** What an expression draws; nothing where it does more than is understood here. */
  public static Optional<FilledBy> read(String expression) {
    Matcher rule = RULE.matcher(expression);
    if (!rule.matches()) {
      return Optional.empty();
    }
    String sequence = text(rule, CUT) + text(rule, FORMATTED) + text(rule, DRAWN);
    int width =
        text(rule, WIDTH).isEmpty()
            ? text(rule, ZEROS).length()
            : Integer.parseInt(text(rule, WIDTH));
    return Optional.of(new FilledBy(sequence, text(rule, BEFORE), text(rule, BEHIND), width));
  }

  private static String text(Matcher rule, int group) {
    return Optional.ofNullable(rule.group(group)).orElse("").replace("''", "'");
  }
}
