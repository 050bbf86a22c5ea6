package org.skerry.script.rhino;

import org.jspecify.annotations.Nullable;
import org.mozilla.javascript.Callable;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.NativeArray;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.ScriptableObject;
import org.mozilla.javascript.Undefined;
import org.skerry.script.ScriptException.Kind;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Turns values of a realm into JSON as {@code JSON.stringify} would (ECMA-262,
 * SerializeJSONProperty), within the output that a call may make. For one call.
 */
final class ValueWriter {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** Nobody needs more, and a ring has no end. */
  private static final int DEEPEST = 1_000;

  /** What a value costs besides its text: its node. */
  private static final int NODE_BYTES = 16;

  /** Up to here a double holds every whole number: these are written with their digits. */
  private static final double LARGEST_WHOLE = 1L << 53;

  private final Context context;
  private final Scriptable scope;
  private long left;

  ValueWriter(Context context, Scriptable scope, long output) {
    this.context = context;
    this.scope = scope;
    this.left = output;
  }

  /** A value as JSON; null for what is none, such as a function. */
  JsonNode write(@Nullable Object value) {
    return write(value, "", 0);
  }

  private JsonNode write(@Nullable Object given, Object key, int depth) {
    Object value = unwrapped(converted(given, key));
    return switch (value) {
      case null -> spend(NODES.nullNode(), 0);
      case CharSequence text -> text(text.toString());
      case Boolean truth -> spend(NODES.booleanNode(truth), 0);
      case Number number -> spend(number(number), 0);
      case Callable function -> spend(NODES.nullNode(), 0);
      case NativeArray array -> array(array, depth);
      case Scriptable object when !Undefined.isUndefined(object) -> object(object, depth);
      default -> spend(NODES.nullNode(), 0);
    };
  }

  private JsonNode spend(JsonNode node, long bytes) {
    left -= NODE_BYTES + bytes;
    if (left < 0) {
      throw new Budget.Exhausted(Kind.OUTPUT, "the function's output is too large");
    }
    return node;
  }

  private JsonNode text(String text) {
    return spend(NODES.stringNode(wellFormed(text)), text.length());
  }

  /** Half of a surrogate pair is no Unicode, and has no bytes. */
  private static String wellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return text.codePoints()
            .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
      }
    }
    return text;
  }

  private static JsonNode number(Number number) {
    if (number instanceof Integer whole) {
      return NODES.numberNode(whole);
    }
    double value = number.doubleValue();
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return NODES.nullNode();
    }
    boolean whole = Math.rint(value) == value && Math.abs(value) <= LARGEST_WHOLE;
    if (!whole) {
      return NODES.numberNode(value);
    }
    long digits = (long) value;
    return digits == (int) digits ? NODES.numberNode((int) digits) : NODES.numberNode(digits);
  }

  private @Nullable Object converted(@Nullable Object value, Object key) {
    if (value instanceof Scriptable object && !(value instanceof FixedObject)) {
      Object method = ScriptableObject.getProperty(object, "toJSON");
      if (method instanceof Callable callable) {
        return callable.call(context, scope, object, new Object[] {String.valueOf(key)});
      }
    }
    return value;
  }

  private static @Nullable Object unwrapped(@Nullable Object value) {
    if (value instanceof Scriptable object && !(value instanceof NativeArray)) {
      return switch (object.getClassName()) {
        case "String" -> Context.toString(object);
        case "Number" -> Context.toNumber(object);
        case "Boolean" -> object.getDefaultValue(Boolean.class);
        default -> value;
      };
    }
    return value;
  }

  private JsonNode array(NativeArray array, int depth) {
    deeper(depth);
    ArrayNode node = NODES.arrayNode();
    spend(node, 0);
    long length = array.getLength();
    for (long i = 0; i < length; i++) {
      Object element = i <= Integer.MAX_VALUE ? array.get((int) i, array) : Undefined.instance;
      node.add(write(element, i, depth + 1));
    }
    return node;
  }

  private JsonNode object(Scriptable object, int depth) {
    deeper(depth);
    ObjectNode node = NODES.objectNode();
    spend(node, 0);
    for (Object id : object.getIds()) {
      Object value =
          id instanceof Integer index
              ? object.get(index.intValue(), object)
              : object.get(id.toString(), object);
      if (isWritten(value)) {
        spend(node, id.toString().length());
        node.set(wellFormed(id.toString()), write(value, id, depth + 1));
      }
    }
    return node;
  }

  private static boolean isWritten(@Nullable Object value) {
    return value == null
        || !Scriptable.NOT_FOUND.equals(value)
            && !Undefined.isUndefined(value)
            && !(value instanceof Callable)
            && !(value instanceof org.mozilla.javascript.Symbol);
  }

  private static void deeper(int depth) {
    if (depth > DEEPEST) {
      throw new Budget.Exhausted(
          Kind.OUTPUT, "the function's output is nested deeper than " + DEEPEST + ", or a ring");
    }
  }
}
