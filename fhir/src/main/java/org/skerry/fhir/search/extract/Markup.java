package org.skerry.fhir.search.extract;

import java.util.Locale;
import java.util.Set;
import org.apache.commons.text.StringEscapeUtils;

/** XHTML as it is read: without tags, and with what its entities stand for. */
final class Markup {
  /** What stands within a word as well as around it; all others part words. */
  private static final Set<String> INLINE =
      Set.of(
          "a", "abbr", "acronym", "b", "bdo", "big", "cite", "code", "dfn", "em", "font", "i",
          "kbd", "q", "samp", "small", "span", "strike", "strong", "sub", "sup", "tt", "u", "var");

  private static final String COMMENT = "<!--";
  private static final String COMMENT_END = "-->";

  private Markup() {}

  static String text(String xhtml) {
    StringBuilder text = new StringBuilder(xhtml.length());
    int at = 0;
    while (at < xhtml.length()) {
      if (xhtml.charAt(at) != '<') {
        text.append(xhtml.charAt(at++));
      } else if (xhtml.startsWith(COMMENT, at)) {
        int end = xhtml.indexOf(COMMENT_END, at);
        at = end < 0 ? xhtml.length() : end + COMMENT_END.length();
      } else {
        int end = behindTag(xhtml, at);
        if (!isInline(xhtml, at)) {
          text.append(' ');
        }
        at = end;
      }
    }
    // HTML 4 has no name for the apostrophe, XML has.
    String written = text.toString().replace("&apos;", "'");
    try {
      return StringEscapeUtils.unescapeHtml4(written);
    } catch (IllegalArgumentException e) {
      // One stands for what is no character: an index must not stop at such a narrative.
      return written;
    }
  }

  /** A value of an attribute may have a bracket. */
  private static int behindTag(String xhtml, int from) {
    char quote = 0;
    for (int i = from + 1; i < xhtml.length(); i++) {
      char c = xhtml.charAt(i);
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (c == '>') {
        return i + 1;
      } else if (c == '"' || c == '\'') {
        quote = c;
      }
    }
    return xhtml.length();
  }

  private static boolean isInline(String xhtml, int tag) {
    int from = tag + (xhtml.startsWith("</", tag) ? 2 : 1);
    int to = from;
    while (to < xhtml.length() && Character.isLetterOrDigit(xhtml.charAt(to))) {
      to++;
    }
    return INLINE.contains(xhtml.substring(from, to).toLowerCase(Locale.ROOT));
  }
}
