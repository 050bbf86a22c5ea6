package org.skerry.http.couch;

import java.util.Optional;
import org.skerry.store.DocRange;
import tools.jackson.databind.JsonNode;

/**
 * A range of keys as a client names it: from its start to its end, whichever the direction.
 *
 * <p>Ids are texts. Keys of other types stand below all texts ({@code null}, booleans, numbers) or
 * above them (arrays, objects), as in the order of views: {@code startkey=null&endkey={}} is
 * everything. (CouchDB compares these few by Erlang's order, where all of them stand below.)
 */
record KeyRange(
    Optional<JsonNode> start, Optional<JsonNode> end, boolean inclusiveEnd, boolean descending) {

  /** The smallest text above another one. */
  static String successor(String text) {
    return text + '\0';
  }

  /**
   * The ids in the range that are also from {@code lowest} to {@code highest}.
   *
   * @return nothing when there can be none
   */
  Optional<DocRange> within(Optional<String> lowest, Optional<String> highest) {
    Optional<JsonNode> low = descending ? end : start;
    Optional<JsonNode> high = descending ? start : end;
    if (low.filter(KeyRange::isAbove).isPresent() || high.filter(KeyRange::isBelow).isPresent()) {
      return Optional.empty();
    }
    Optional<String> from = text(low);
    if (descending && !inclusiveEnd) {
      from = from.map(KeyRange::successor);
    }
    Optional<String> to = text(high);
    boolean includeTo = descending || inclusiveEnd;
    if (lowest.isPresent() && (from.isEmpty() || compare(from.get(), lowest.get()) < 0)) {
      from = lowest;
    }
    if (highest.isPresent() && (to.isEmpty() || compare(to.get(), highest.get()) >= 0)) {
      to = highest;
      includeTo = false;
    }
    if (from.isPresent() && to.isPresent() && compare(from.get(), to.get()) > 0) {
      return Optional.empty();
    }
    return Optional.of(new DocRange(from, to, includeTo, descending));
  }

  /** Whether a text is in the range. */
  boolean contains(String text) {
    return within(Optional.empty(), Optional.empty())
        .filter(
            range ->
                range.from().map(from -> compare(text, from) >= 0).orElse(true)
                    && range.to().map(to -> isUpTo(text, to, range.includeTo())).orElse(true))
        .isPresent();
  }

  private static boolean isUpTo(String text, String to, boolean included) {
    int order = compare(text, to);
    return order < 0 || order == 0 && included;
  }

  private static Optional<String> text(Optional<JsonNode> key) {
    return key.filter(JsonNode::isString).map(JsonNode::asString);
  }

  private static boolean isAbove(JsonNode key) {
    return key.isArray() || key.isObject();
  }

  private static boolean isBelow(JsonNode key) {
    return !key.isString() && !isAbove(key);
  }

  /** The order of UTF-8 bytes is that of code points. */
  private static int compare(String one, String other) {
    int length = Math.min(one.length(), other.length());
    for (int i = 0; i < length; i++) {
      char a = one.charAt(i);
      char b = other.charAt(i);
      if (a != b) {
        boolean bothOrNone = Character.isSurrogate(a) == Character.isSurrogate(b);
        return bothOrNone ? Character.compare(a, b) : Character.isSurrogate(a) ? 1 : -1;
      }
    }
    return Integer.compare(one.length(), other.length());
  }
}
