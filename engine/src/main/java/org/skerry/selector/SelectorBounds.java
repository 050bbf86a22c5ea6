package org.skerry.selector;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Refuses selectors that are no questions: whoever may read a database may send one, and it is
 * worked on in several forms, each of which names the way to each of its members anew.
 */
final class SelectorBounds {
  /** Far deeper than any selector that says something; matching recurses as deep. */
  private static final int MAX_DEPTH = 250;

  /** Members of all objects; values in lists are counted by whoever reads them. */
  private static final int MAX_MEMBERS = 50_000;

  /** Characters of all ways together, each from the selector's root to a member. */
  private static final long MAX_WAYS = 8_000_000;

  private int members;
  private long ways;

  private SelectorBounds() {}

  /**
   * Looks at a selector.
   *
   * @throws InvalidSelectorException when it is nested too deep, or says too much
   */
  static void check(JsonNode selector) {
    new SelectorBounds().check(selector, MAX_DEPTH, 0);
  }

  private void check(JsonNode json, int left, long way) {
    if (left == 0) {
      throw refused("is nested more than " + MAX_DEPTH + " levels deep");
    }
    for (Map.Entry<String, JsonNode> member : json.properties()) {
      long longer = way + member.getKey().length() + 1;
      ways += longer;
      if (++members > MAX_MEMBERS || ways > MAX_WAYS) {
        throw refused("has more than " + MAX_MEMBERS + " conditions, or very long names");
      }
      inside(member.getValue(), left, longer);
    }
    if (json.isArray()) {
      json.valueStream().forEach(element -> inside(element, left, way + 1));
    }
  }

  private void inside(JsonNode value, int left, long way) {
    if (value.isContainer()) {
      check(value, left - 1, way);
    }
  }

  private static InvalidSelectorException refused(String why) {
    return new InvalidSelectorException("invalid_selector", "Selector " + why, "");
  }
}
