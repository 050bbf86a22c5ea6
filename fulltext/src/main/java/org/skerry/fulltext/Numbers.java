package org.skerry.fulltext;

import java.text.FieldPosition;
import java.text.NumberFormat;
import java.text.ParsePosition;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Numbers as queries write them: as in JSON, with {@code Infinity} in both directions; where a
 * locale is named, as there. Used by one thread.
 */
final class Numbers extends NumberFormat {
  private static final long serialVersionUID = 1L;

  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(?:\\d+(?:\\.\\d*)?|\\.\\d+)(?:[eE][+-]?\\d+)?");

  private final NumberFormat format;
  private final boolean named;

  Numbers(Optional<Locale> locale) {
    this.format = NumberFormat.getInstance(locale.orElse(Locale.ROOT));
    this.named = locale.isPresent();
  }

  @Override
  public @Nullable Number parse(String text, ParsePosition position) {
    String number = text.substring(position.getIndex());
    if (number.endsWith("Infinity") && number.length() <= "-Infinity".length()) {
      position.setIndex(text.length());
      return number.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    if (!named && DECIMAL.matcher(number).matches()) {
      position.setIndex(text.length());
      return Double.valueOf(number);
    }
    int start = position.getIndex();
    Number parsed = format.parse(text, position);
    if (parsed == null || position.getIndex() < text.length()) {
      position.setErrorIndex(position.getIndex());
      position.setIndex(start);
      return null;
    }
    return parsed.doubleValue();
  }

  @Override
  public StringBuffer format(double number, StringBuffer out, FieldPosition position) {
    return format.format(number, out, position);
  }

  @Override
  public StringBuffer format(long number, StringBuffer out, FieldPosition position) {
    return format.format(number, out, position);
  }
}
