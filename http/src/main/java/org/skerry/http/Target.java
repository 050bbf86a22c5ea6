package org.skerry.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a request asks for.
 *
 * @param rawPath as it came
 * @param segments of the path, decoded after it was split, so that {@code %2F} does not part them;
 *     empty ones are left out, so that {@code /db} and {@code /db/} are the same
 */
record Target(String rawPath, List<String> segments, Query query) {
  /**
   * Reads path and query.
   *
   * @param rawQuery without the question mark; empty when there is none
   * @throws HttpProblem 400 when they are not percent-encoded UTF-8
   */
  static Target parse(String rawPath, String rawQuery) {
    List<String> segments = new ArrayList<>(4);
    int length = rawPath.length();
    for (int from = 0; from < length; ) {
      int slash = rawPath.indexOf('/', from);
      int to = slash < 0 ? length : slash;
      if (to > from) {
        segments.add(PercentDecoder.decode(rawPath, from, to));
      }
      from = to + 1;
    }
    return new Target(rawPath, segments, Query.of(parseForm(rawQuery)));
  }

  /**
   * The fields of a query or of a body of type {@code application/x-www-form-urlencoded}; of a
   * field given twice the last one counts.
   *
   * @throws HttpProblem 400 when it is not percent-encoded UTF-8
   */
  static Map<String, String> parseForm(String raw) {
    if (raw.isEmpty()) {
      return Map.of();
    }
    Map<String, String> fields = new LinkedHashMap<>();
    int length = raw.length();
    for (int from = 0; from < length; ) {
      int ampersand = raw.indexOf('&', from);
      int to = ampersand < 0 ? length : ampersand;
      int equals = raw.indexOf('=', from);
      if (equals >= 0 && equals < to) {
        fields.put(
            PercentDecoder.decode(raw, from, equals), PercentDecoder.decode(raw, equals + 1, to));
      } else if (to > from) {
        fields.put(PercentDecoder.decode(raw, from, to), "");
      }
      from = to + 1;
    }
    return fields;
  }
}
