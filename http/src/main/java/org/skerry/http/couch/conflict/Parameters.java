package org.skerry.http.couch.conflict;

import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import org.skerry.conflict.ConflictQuery;
import org.skerry.conflict.ConflictRow;
import org.skerry.http.HttpProblem;
import org.skerry.http.Query;

/** Parameters of lists. */
final class Parameters {
  private static final int USUAL = 100;
  private static final int MOST = 1_000;
  private static final String PREFIX = "g1";

  /** Longer than any life of a node, and short enough to be counted in milliseconds. */
  private static final long OLDEST_SECONDS = 1L << 40;

  private Parameters() {}

  static int limit(Query query) {
    return (int) Math.min(MOST, query.number("limit").orElse((long) USUAL));
  }

  static Optional<byte[]> bookmark(Query query) {
    return query.text("bookmark").filter(text -> !text.isEmpty()).map(Parameters::key);
  }

  private static byte[] key(String bookmark) {
    try {
      if (bookmark.startsWith(PREFIX)) {
        byte[] key = Base64.getUrlDecoder().decode(bookmark.substring(PREFIX.length()));
        if (key.length > 0) {
          return key;
        }
      }
    } catch (IllegalArgumentException e) {
      throw badBookmark();
    }
    throw badBookmark();
  }

  private static HttpProblem badBookmark() {
    return HttpProblem.badRequest("invalid_bookmark", "`bookmark` is none of this list");
  }

  static String bookmark(byte[] key) {
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(key);
  }

  static ConflictQuery conflicts(Query query) {
    return new ConflictQuery(
        limit(query),
        query.number("skip").map(skip -> (int) Math.min(Integer.MAX_VALUE, skip)).orElse(0),
        query.flag("descending"),
        bookmark(query),
        query.text("kind"),
        query.text("pattern"),
        query.text("state").map(Parameters::state),
        age(query, "min_age"),
        age(query, "max_age"));
  }

  private static ConflictRow.State state(String text) {
    for (ConflictRow.State state : ConflictRow.State.values()) {
      if (state.text().equals(text.toLowerCase(Locale.ROOT))) {
        return state;
      }
    }
    throw HttpProblem.badRequest(
        "query_parse_error", "Invalid value for `state`: open, held or refused");
  }

  private static Optional<Duration> age(Query query, String name) {
    return query.number(name).map(seconds -> Duration.ofSeconds(Math.min(OLDEST_SECONDS, seconds)));
  }
}
