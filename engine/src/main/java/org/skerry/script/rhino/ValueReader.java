package org.skerry.script.rhino;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.ScriptableObject;
import tools.jackson.databind.JsonNode;

/** Turns JSON into a realm's own objects. */
final class ValueReader {
  /** Beyond this a double does not hold every whole number. */
  private static final long EXACT = 1L << 53;

  private final Scriptable scope;
  private final Scriptable objectPrototype;
  private final Scriptable arrayPrototype;

  private final boolean fixing;
  private final TrustedJson json = new TrustedJson();

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

  @Nullable Object read(byte[] text) {
    json.begin(text);
    return value();
  }

  private @Nullable Object value() {
    return switch (json.peek()) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> json.string();
      case 't' -> {
        json.skip("true".length());
        yield Boolean.TRUE;
      }
      case 'f' -> {
        json.skip("false".length());
        yield Boolean.FALSE;
      }
      case 'n' -> {
        json.skip("null".length());
        yield null;
      }
      default -> json.number();
    };
  }

  private Scriptable object() {
    FixedObject object = new FixedObject();
    object.setPrototype(objectPrototype);
    object.setParentScope(scope);
    json.take();
    if (json.peek() == '}') {
      json.take();
      return done(object);
    }
    do {
      json.peek();
      String name = json.name();
      put(object, name, value());
    } while (json.take() == ',');
    return done(object);
  }

  private FixedObject done(FixedObject object) {
    if (fixing) {
      object.fix();
    }
    return object;
  }

  private Scriptable array() {
    List<@Nullable Object> elements = new ArrayList<>();
    json.take();
    if (json.peek() == ']') {
      json.take();
      return fixed(elements);
    }
    do {
      elements.add(value());
    } while (json.take() == ',');
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
