package org.skerry.atom;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.skerry.document.DocId;

/**
 * Where a document is found: a text with {@code {placeholders}}.
 *
 * <p>What is put in is percent-encoded, and the text itself has neither {@code &} nor {@code <}:
 * with a content type that ends in {@code +xml} the reader's parser hands such characters on
 * encoded, even out of CDATA.
 */
record LinkTemplate(String text) {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)\\}");

  /** What a URL may be made of, and placeholders. */
  private static final Pattern ALLOWED =
      Pattern.compile("[A-Za-z0-9._~:/?#@!$'()*+,;=%{}\\[\\]-]+");

  /** Placeholders, and what they stand for: see {@link #link}. */
  static final Set<String> NAMES = Set.of("database", "id", "document", "type", "uuid");

  /** What is wrong with a text as a template; empty when nothing is. */
  static String problem(String text) {
    if (!ALLOWED.matcher(text).matches()) {
      return "must be made of what a URL may contain, and of no `&`";
    }
    Matcher placeholder = PLACEHOLDER.matcher(text);
    while (placeholder.find()) {
      if (!NAMES.contains(placeholder.group(1))) {
        return "has the unknown placeholder {" + placeholder.group(1) + "}";
      }
    }
    String rest = placeholder.replaceAll("");
    return rest.contains("{") || rest.contains("}") ? "has a brace without its other half" : "";
  }

  /** The link of a document. */
  String link(String database, DocId id) {
    String name = id.text();
    int slash = name.indexOf('/');
    return PLACEHOLDER
        .matcher(text)
        .replaceAll(
            match ->
                Matcher.quoteReplacement(
                    switch (match.group(1)) {
                      case "database" -> encoded(database);
                      case "id" -> encoded(name).replace("%2F", "/");
                      case "document" -> encoded(name);
                      case "type" -> encoded(name.substring(0, Math.max(0, slash)));
                      case "uuid" -> encoded(name.substring(slash + 1));
                      default -> match.group();
                    }));
  }

  private static String encoded(String segment) {
    return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
