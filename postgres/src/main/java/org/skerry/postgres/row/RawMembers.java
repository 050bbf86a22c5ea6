package org.skerry.postgres.row;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.skerry.document.Body;
import org.skerry.document.JsonScanner;

/** A body's members as its author wrote them. */
final class RawMembers {
  private RawMembers() {}

  /** Raw JSON by member, in the body's order. */
  static Map<String, String> of(Body body) {
    byte[] json = body.json();
    Map<String, String> found = new LinkedHashMap<>();
    JsonScanner scanner = new JsonScanner(json, Integer.MAX_VALUE);
    scanner.enterObject();
    for (boolean first = true; scanner.member(first); first = false) {
      String name = scanner.name();
      scanner.peek();
      int from = scanner.position();
      scanner.skipValue();
      found.put(name, new String(json, from, scanner.position() - from, StandardCharsets.UTF_8));
    }
    return found;
  }
}
