package org.skerry.replication.http;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.skerry.document.DocId;

/** Paths and queries of requests. */
final class Paths {
  private static final String UNRESERVED = "-._~";

  private Paths() {}

  /** A document's path below its database. */
  static String of(DocId id) {
    String text = id.text();
    int slash = id.isDesign() || id.isLocal() ? text.indexOf('/') : -1;
    String prefix = text.substring(0, slash + 1);
    return "/" + prefix + encode(text.substring(slash + 1));
  }

  /** Parameters as a query with its question mark, in the order of their names. */
  static String query(Map<String, String> parameters) {
    StringBuilder query = new StringBuilder();
    new TreeMap<>(parameters)
        .forEach(
            (name, value) ->
                query
                    .append(query.isEmpty() ? '?' : '&')
                    .append(encode(name))
                    .append('=')
                    .append(encode(value)));
    return query.toString();
  }

  /** Percent-encodes all but what RFC 3986 calls unreserved. */
  static String encode(String text) {
    StringBuilder encoded = new StringBuilder(text.length() + 16);
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      boolean plain =
          b >= '0' && b <= '9'
              || b >= 'a' && b <= 'z'
              || b >= 'A' && b <= 'Z'
              || UNRESERVED.indexOf(b) >= 0;
      if (plain) {
        encoded.append((char) b);
      } else {
        encoded.append(String.format("%%%02X", b & 0xff));
      }
    }
    return encoded.toString();
  }
}
