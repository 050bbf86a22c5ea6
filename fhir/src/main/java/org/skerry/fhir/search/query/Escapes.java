package org.skerry.fhir.search.query;

import java.util.ArrayList;
import java.util.List;

/** What separates the parts of a value, and how to write it when it does not (R4, 3.1.1.4.0.1). */
final class Escapes {
  private static final char ESCAPE = '\\';

  private Escapes() {}

  /** The parts between separators, still escaped. */
  static List<String> split(String text, char separator) {
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == separator) {
        parts.add(part.toString());
        part.setLength(0);
      } else {
        part.append(c);
        if (c == ESCAPE && i + 1 < text.length()) {
          part.append(text.charAt(++i));
        }
      }
    }
    parts.add(part.toString());
    return parts;
  }

  /** What was meant. A backslash before anything but a separator or itself is one. */
  static String unescape(String text) {
    if (text.indexOf(ESCAPE) < 0) {
      return text;
    }
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == ESCAPE && i + 1 < text.length() && ",$|\\".indexOf(text.charAt(i + 1)) >= 0) {
        c = text.charAt(++i);
      }
      plain.append(c);
    }
    return plain.toString();
  }
}
