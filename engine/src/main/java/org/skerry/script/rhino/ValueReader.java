package org.skerry.script.rhino;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.ScriptableObject;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;

/** Turns JSON into a realm's own objects. */
final class ValueReader {
  /** What is read was checked when it came in; here nothing more is refused. */
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .build())
          .build();

  /** So many characters are an int for certain. */
  private static final int INT_DIGITS = 9;

  /** Beyond this a double does not hold every whole number. */
  private static final long EXACT = 1L << 53;

  private final Scriptable scope;
  private final Scriptable objectPrototype;
  private final Scriptable arrayPrototype;

  private final boolean fixing;

  private ValueReader(Scriptable scope, boolean fixing) {
    this.scope = scope;
    this.fixing = fixing;
    this.objectPrototype = ScriptableObject.getObjectPrototype(scope);
    this.arrayPrototype = ScriptableObject.getArrayPrototype(scope);
  }

  /** Makes objects that nobody can change. */
  static ValueReader ofFixed(Scriptable scope) {
    return new ValueReader(scope, true);
  }

  /** Makes objects like any other. */
  static ValueReader ofChangeable(Scriptable scope) {
    return new ValueReader(scope, false);
  }

  @Nullable Object read(byte[] json) {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
      return value(parser, parser.nextToken());
    }
  }

  private @Nullable Object value(JsonParser parser, JsonToken token) {
    return switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> parser.getString();
      case VALUE_TRUE -> Boolean.TRUE;
      case VALUE_FALSE -> Boolean.FALSE;
      case VALUE_NUMBER_INT -> whole(parser);
      case VALUE_NUMBER_FLOAT -> Double.parseDouble(parser.getString());
      default -> null;
    };
  }

  /** Not through whole numbers of any size, which take long to make of many digits. */
  private static Object whole(JsonParser parser) {
    return parser.getStringLength() <= INT_DIGITS
        ? parser.getIntValue()
        : Double.parseDouble(parser.getString());
  }

  private Scriptable object(JsonParser parser) {
    FixedObject object = new FixedObject();
    object.setPrototype(objectPrototype);
    object.setParentScope(scope);
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      put(object, name, value(parser, parser.nextToken()));
    }
    return done(object);
  }

  private FixedObject done(FixedObject object) {
    if (fixing) {
      object.fix();
    }
    return object;
  }

  private Scriptable array(JsonParser parser) {
    List<@Nullable Object> elements = new ArrayList<>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      elements.add(value(parser, token));
    }
    return fixed(elements);
  }

  private FixedArray fixed(List<@Nullable Object> elements) {
    FixedArray array = new FixedArray(elements.toArray());
    array.setPrototype(arrayPrototype);
    array.setParentScope(scope);
    if (fixing) {
      array.fix();
    }
    return array;
  }

  /** The same from a tree. */
  @Nullable Object read(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> {
        FixedObject object = new FixedObject();
        object.setPrototype(objectPrototype);
        object.setParentScope(scope);
        node.properties().forEach(entry -> put(object, entry.getKey(), read(entry.getValue())));
        yield done(object);
      }
      case ARRAY -> array(node.values());
      case STRING -> node.asString();
      case BOOLEAN -> node.asBoolean();
      case NUMBER -> number(node);
      default -> null;
    };
  }

  /** An array of trees. */
  FixedArray array(Iterable<JsonNode> nodes) {
    List<@Nullable Object> elements = new ArrayList<>();
    nodes.forEach(element -> elements.add(read(element)));
    return fixed(elements);
  }

  private static Object number(JsonNode node) {
    if (node.isIntegralNumber() && node.canConvertToInt()) {
      return node.intValue();
    }
    return node.isIntegralNumber() && node.canConvertToLong() && Math.abs(node.longValue()) <= EXACT
        ? (double) node.longValue()
        : node.asDecimal().doubleValue();
  }

  /** Names that are array indexes are kept as numbers by Rhino, and only found as such. */
  private static void put(Scriptable object, String name, @Nullable Object value) {
    int index = index(name);
    if (index >= 0) {
      object.put(index, object, value);
    } else {
      object.put(name, object, value);
    }
  }

  private static int index(String name) {
    int length = name.length();
    if (length == 0 || length > 10 || name.charAt(0) == '0' && length > 1) {
      return -1;
    }
    long number = 0;
    for (int i = 0; i < length; i++) {
      char digit = name.charAt(i);
      if (digit < '0' || digit > '9') {
        return -1;
      }
      number = number * 10 + digit - '0';
    }
    return number <= Integer.MAX_VALUE ? (int) number : -1;
  }
}
