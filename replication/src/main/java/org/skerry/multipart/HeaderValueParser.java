package org.skerry.multipart;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Reads {@code value; name=token; name="quoted \" text"} (RFC 9110, 5.6.6). */
final class HeaderValueParser {
  private final String text;
  private int at;

  HeaderValueParser(String text) {
    this.text = text;
  }

  HeaderValue parse() {
    String value = until(";").strip();
    Map<String, String> parameters = new LinkedHashMap<>();
    while (at < text.length()) {
      // Past the semicolon.
      at++;
      String name = until(";=").strip().toLowerCase(Locale.ROOT);
      if (at < text.length() && text.charAt(at) == '=') {
        at++;
        String parameter = parameter();
        if (!name.isEmpty()) {
          parameters.putIfAbsent(name, parameter);
        }
      }
    }
    return new HeaderValue(value, parameters);
  }

  private String until(String ends) {
    int start = at;
    while (at < text.length() && ends.indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return text.substring(start, at);
  }

  private String parameter() {
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
    if (at >= text.length() || text.charAt(at) != '"') {
      return until(";").strip();
    }
    StringBuilder quoted = new StringBuilder();
    at++;
    while (at < text.length() && text.charAt(at) != '"') {
      if (text.charAt(at) == '\\' && at + 1 < text.length()) {
        at++;
      }
      quoted.append(text.charAt(at++));
    }
    until(";");
    return quoted.toString();
  }
}
