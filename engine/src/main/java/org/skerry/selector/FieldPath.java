package org.skerry.selector;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * A path into a document, as {@code address.lines.0} writes it: names between dots, or positions
 * where it meets an array. A dot after a backslash belongs to the name; backslashes themselves are
 * dropped, so that no path leads to a name that has one (as in CouchDB).
 */
public final class FieldPath {
  private static final Pattern DOT = Pattern.compile("(?<!\\\\)\\.");
  private static final Pattern POSITION = Pattern.compile("[+-]?[0-9]{1,10}");

  private final List<String> names;

  private FieldPath(List<String> names) {
    this.names = names;
  }

  /** What stands at the end of a path. */
  public sealed interface Result {}

  /** A value. */
  public record Found(JsonNode value) implements Result {}

  /** Nothing: an object on the way lacks the next name. */
  public record Missing() implements Result {}

  /**
   * Nothing could be there: the path leads through a value without members, or past an array's end.
   */
  public record Astray() implements Result {}

  private static final Missing MISSING = new Missing();
  private static final Astray ASTRAY = new Astray();

  /**
   * Reads a path.
   *
   * @throws InvalidSelectorException when a name in it is empty
   */
  public static FieldPath parse(String text) {
    return parse(text, "");
  }

  static FieldPath parse(String text, String pointer) {
    if (!text.isEmpty() && text.indexOf('.') < 0 && text.indexOf('\\') < 0) {
      return new FieldPath(List.of(text));
    }
    List<String> names = new ArrayList<>();
    for (String part : DOT.split(text, -1)) {
      if (part.isEmpty()) {
        throw new InvalidSelectorException(
            "invalid_field_name", "Invalid field name: " + text, pointer);
      }
      names.add(part.replace("\\", ""));
    }
    return new FieldPath(List.copyOf(names));
  }

  /** The names on the way, the first of which is a member of the document. */
  public List<String> names() {
    return names;
  }

  /** The member of the document in which the path begins. */
  String head() {
    return names.getFirst();
  }

  /** Follows the path. */
  public Result find(JsonNode start) {
    JsonNode at = start;
    for (String name : names) {
      JsonNode next;
      if (at.isObject()) {
        next = at.get(name);
        if (next == null) {
          return MISSING;
        }
      } else {
        next = at.isArray() ? at.get(position(name)) : null;
        if (next == null) {
          return ASTRAY;
        }
      }
      at = next;
    }
    return new Found(at);
  }

  /** The position that a name says; -1, which no array has, when it says none. */
  private static int position(String name) {
    if (!POSITION.matcher(name).matches()) {
      return -1;
    }
    long position = Long.parseLong(name);
    return position > Integer.MAX_VALUE ? -1 : (int) position;
  }
}
