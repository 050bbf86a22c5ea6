package org.skerry.http;

import java.util.ArrayList;
import java.util.List;

/**
 * What a request asks for.
 *
 * @param rawPath as it came
 * @param segments of the path, decoded after it was split, so that {@code %2F} does not part them;
 *     empty ones are left out, so that {@code /db} and {@code /db/} are the same
 * @param rawQuery as it came
 */
record Target(String rawPath, List<String> segments, String rawQuery, Query query) {
  /**
   * Reads path and query.
   *
   * @param rawQuery without the question mark; empty when there is none
   * @throws HttpProblem 400 when they are not percent-encoded UTF-8
   */
  static Target parse(String rawPath, String rawQuery) {
    List<String> segments = split(rawPath, PercentDecoder::decode);
    return new Target(rawPath, segments, rawQuery, Query.of(Query.parseForm(rawQuery)));
  }

  /** One that cannot be read: its path is not decoded, and says at least whose API is asked. */
  static Target unread(String rawPath) {
    return new Target(rawPath, split(rawPath, String::substring), "", Query.EMPTY);
  }

  private static List<String> split(String rawPath, Cut cut) {
    List<String> segments = new ArrayList<>(4);
    int length = rawPath.length();
    for (int from = 0; from < length; ) {
      int slash = rawPath.indexOf('/', from);
      int to = slash < 0 ? length : slash;
      if (to > from) {
        segments.add(cut.out(rawPath, from, to));
      }
      from = to + 1;
    }
    return segments;
  }

  /** Makes a segment of a part of the path. */
  @FunctionalInterface
  private interface Cut {
    String out(String path, int from, int to);
  }
}
