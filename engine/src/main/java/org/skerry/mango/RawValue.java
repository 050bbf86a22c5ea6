package org.skerry.mango;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.skerry.collation.ValueReader;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * A value as it stands in the bytes of a document: shown to clients as it was written, digits and
 * escapes included.
 *
 * @param json shared; not to be changed
 */
record RawValue(byte[] json, int from, int to) {
  static RawValue of(byte[] json) {
    return new RawValue(json, 0, json.length);
  }

  int length() {
    return to - from;
  }

  /** The members of these names, where the value is an object that has them. */
  Map<String, RawValue> members(Set<String> names) {
    Map<String, RawValue> found = new HashMap<>();
    try (JsonParser parser = ValueReader.parser(json, from, length())) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return found;
      }
      while (found.size() < names.size() && parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        if (names.contains(name)) {
          found.put(name, take(parser));
        } else {
          parser.skipChildren();
        }
      }
    }
    return found;
  }

  /** What stands at the end of a path. */
  Optional<RawValue> find(List<String> path) {
    RawValue at = this;
    for (String name : path) {
      Optional<RawValue> next = at.step(name);
      if (next.isEmpty()) {
        return Optional.empty();
      }
      at = next.get();
    }
    return Optional.of(at);
  }

  private Optional<RawValue> step(String name) {
    return switch (json[from]) {
      case '{' -> Optional.ofNullable(members(Set.of(name)).get(name));
      case '[' -> element(name);
      default -> Optional.empty();
    };
  }

  private Optional<RawValue> element(String position) {
    int left;
    try {
      left = Integer.parseInt(position);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
    try (JsonParser parser = ValueReader.parser(json, from, length())) {
      parser.nextToken();
      while (left >= 0 && parser.nextToken() != JsonToken.END_ARRAY) {
        if (left-- == 0) {
          return Optional.of(take(parser));
        }
        parser.skipChildren();
      }
    }
    return Optional.empty();
  }

  /** The value at whose first token the parser stands; it is left at the last. */
  private RawValue take(JsonParser parser) {
    int start = from + (int) parser.currentTokenLocation().getByteOffset();
    parser.skipChildren();
    // A text is read no further than its first quote until somebody wants it.
    parser.finishToken();
    return new RawValue(json, start, from + (int) parser.currentLocation().getByteOffset());
  }
}
