package org.skerry.selector;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;
import org.skerry.collation.ValueReader;
import org.skerry.document.JsonScanner;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Reads some members of a body, and passes over the others without making anything of them. */
public final class BodyMembers {
  /** Beyond so many names a set is quicker than a comparison with each. */
  public static final int FEW = 16;

  private BodyMembers() {}

  /**
   * Reads members into an object.
   *
   * @param body was checked when it came in: no name comes twice
   * @param most how many are wanted; reading stops at the last of them
   */
  public static void read(byte[] body, Predicate<String> wanted, int most, ObjectNode into) {
    int left = most;
    JsonScanner scanner = JsonScanner.ofTrusted(body);
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

  /** The name of a member that is wanted, and the same as it stands in a body. */
  public record Wanted(String name, byte[] utf8) {
    public static Wanted of(String name) {
      return new Wanted(name, name.getBytes(StandardCharsets.UTF_8));
    }
  }

  /**
   * Reads members into an object: a few are compared with each of the body's, many are looked up,
   * since whoever asks may name as many as he likes.
   *
   * @param byName whether a member is one of the wanted
   */
  public static void read(
      byte[] body, List<Wanted> wanted, Predicate<String> byName, ObjectNode into) {
    if (wanted.size() > FEW) {
      read(body, byName, wanted.size(), into);
    } else {
      read(body, wanted, into);
    }
  }

  /** Reads a few members into an object. */
  public static void read(byte[] body, List<Wanted> few, ObjectNode into) {
    int left = few.size();
    JsonScanner scanner = JsonScanner.ofTrusted(body);
    scanner.enterObject();
    for (boolean first = true; left > 0 && scanner.member(first); first = false) {
      int found = current(scanner, few);
      if (found < 0) {
        scanner.skipValue();
      } else {
        into.set(few.get(found).name(), value(scanner, body));
        left--;
      }
    }
  }

  /** Which of the wanted the scanner's current member is; negative when it is none of them. */
  static int current(JsonScanner scanner, List<Wanted> few) {
    for (int i = 0; i < few.size(); i++) {
      if (scanner.isNamed(few.get(i).name(), few.get(i).utf8())) {
        return i;
      }
    }
    return -1;
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
