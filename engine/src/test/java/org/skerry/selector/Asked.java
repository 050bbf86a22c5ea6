package org.skerry.selector;

import java.nio.charset.StandardCharsets;
import org.skerry.collation.ValueReader;
import tools.jackson.databind.JsonNode;

/** Short ways to ask in tests: JSON is written with single quotes. */
final class Asked {
  private Asked() {}

  static JsonNode json(String text) {
    return ValueReader.read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  static Selector selector(String text) {
    return Selector.parse(json(text));
  }

  /** Whether a document matches, by both ways in. */
  static boolean matches(String selector, String document) {
    return selector(selector).matches(json(document));
  }
}
