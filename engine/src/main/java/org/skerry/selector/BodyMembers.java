package org.skerry.selector;

import java.util.function.Predicate;
import org.skerry.collation.ValueReader;
import org.skerry.document.JsonScanner;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Reads some members of a body, and passes over the others without making anything of them. */
public final class BodyMembers {
  private BodyMembers() {}

  /**
   * Reads members into an object.
   *
   * @param body was checked when it came in: no name comes twice
   * @param most how many are wanted; reading stops at the last of them
   */
  public static void read(byte[] body, Predicate<String> wanted, int most, ObjectNode into) {
    int left = most;
    JsonScanner scanner = new JsonScanner(body, Integer.MAX_VALUE);
    scanner.enterObject();
    for (boolean first = true; left > 0 && scanner.member(first); first = false) {
      String name = scanner.name();
      if (wanted.test(name)) {
        into.set(name, value(scanner, body));
        left--;
      } else {
        scanner.skipValue();
      }
    }
  }

  private static JsonNode value(JsonScanner scanner, byte[] body) {
    if (scanner.peek() == '"') {
      return StringNode.valueOf(scanner.string());
    }
    int from = scanner.position();
    scanner.skipValue();
    return ValueReader.read(body, from, scanner.position() - from);
  }
}
