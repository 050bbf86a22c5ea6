package org.skerry.multipart;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A header's value with parameters, such as {@code multipart/related; boundary="a b"} or {@code
 * attachment; filename="x.png"}.
 *
 * @param value what stands before the parameters, as written
 * @param parameters by name in lower case, in the order written
 */
public record HeaderValue(String value, Map<String, String> parameters) {
  public HeaderValue {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  /** A value without parameters. */
  public static HeaderValue of(String value) {
    return new HeaderValue(value, Map.of());
  }

  /**
   * Reads any text: of a parameter given twice the first counts, and what is no parameter is passed
   * over, so that the outcome is what a tolerant receiver understands.
   */
  public static HeaderValue parse(String text) {
    return new HeaderValueParser(text).parse();
  }

  /** The same with one more parameter. */
  public HeaderValue with(String name, String parameter) {
    Map<String, String> more = new LinkedHashMap<>(parameters);
    more.put(name.toLowerCase(Locale.ROOT), parameter);
    return new HeaderValue(value, more);
  }

  /** A parameter by its name in any case. */
  public Optional<String> parameter(String name) {
    return Optional.ofNullable(parameters.get(name.toLowerCase(Locale.ROOT)));
  }

  /** Whether it is a media type {@code multipart/…}. */
  public boolean isMultipart() {
    return value.regionMatches(true, 0, "multipart/", 0, "multipart/".length());
  }

  /**
   * As it is written in a header: parameters always quoted, as CouchDB does. Line breaks, which no
   * header can hold, are written {@code %0D} and {@code %0A} (as HTML's forms do) and stay so.
   */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(value);
    parameters.forEach(
        (name, parameter) -> {
          text.append("; ").append(name).append("=\"");
          quote(parameter, text);
          text.append('"');
        });
    return text.toString();
  }

  private static void quote(String parameter, StringBuilder text) {
    for (int i = 0; i < parameter.length(); i++) {
      char c = parameter.charAt(i);
      switch (c) {
        case '"', '\\' -> text.append('\\').append(c);
        case '\r' -> text.append("%0D");
        case '\n' -> text.append("%0A");
        default -> text.append(c);
      }
    }
  }
}
