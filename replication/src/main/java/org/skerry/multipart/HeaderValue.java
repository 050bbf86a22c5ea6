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
   * As it is written in a header: parameters always quoted, as CouchDB does, and control characters
   * as {@link #withoutControls} says.
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

  /** What somebody wrote for a header, as one line: control characters are left out. */
  public static String line(String text) {
    StringBuilder line = new StringBuilder(text.length());
    text.chars().filter(c -> !isControl(c)).forEach(c -> line.append((char) c));
    return line.toString();
  }

  /**
   * A text as a header can hold it: control characters are written {@code %0D}, as HTML's forms
   * write line breaks, and stay so.
   */
  public static String withoutControls(String text) {
    if (text.chars().noneMatch(HeaderValue::isControl)) {
      return text;
    }
    StringBuilder written = new StringBuilder();
    text.chars()
        .forEach(
            c -> {
              if (isControl(c)) {
                written.append("%%%02X".formatted(c));
              } else {
                written.append((char) c);
              }
            });
    return written.toString();
  }

  private static boolean isControl(int c) {
    return Character.isISOControl(c) && c != '\t';
  }

  private static void quote(String parameter, StringBuilder text) {
    for (char c : withoutControls(parameter).toCharArray()) {
      if (c == '"' || c == '\\') {
        text.append('\\');
      }
      text.append(c);
    }
  }
}
