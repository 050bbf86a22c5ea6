package org.skerry.collation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.skerry.json.JsonIn;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.ContainerNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Reads values as {@link JsonOrder} wants them: numbers by {@link ExactNumbers}, members in their
 * order.
 */
public final class ValueReader {
  /** Without limits of its own: what is read here was measured when it came in. */
  private static final JsonFactory FACTORY = JsonIn.factory(JsonIn.unlimited());

  /** So many fit into a long, whatever they are. */
  private static final int SHORT_DIGITS = 17;

  private static final long NOT_SHORT = Long.MIN_VALUE;

  private ValueReader() {}

  /** A parser of trusted JSON: a stored body, a key. It has no limits. */
  public static JsonParser parser(byte[] json) {
    return FACTORY.createParser(ObjectReadContext.empty(), json);
  }

  /** The same of a part of some bytes. Locations count from where the part begins. */
  public static JsonParser parser(byte[] json, int offset, int length) {
    return FACTORY.createParser(ObjectReadContext.empty(), json, offset, length);
  }

  /**
   * Reads trusted JSON.
   *
   * @throws JacksonException when it is none
   */
  public static JsonNode read(byte[] json) {
    return read(json, 0, json.length);
  }

  /** The same of a part of some bytes. */
  public static JsonNode read(byte[] json, int offset, int length) {
    // Most values of views are numbers like these, and a parser costs more than their sum.
    long integer = shortInteger(json, offset, length);
    return integer == NOT_SHORT ? parsed(json, offset, length) : LongNode.valueOf(integer);
  }

  /** An integer of few digits and nothing else, or {@link #NOT_SHORT}. */
  private static long shortInteger(byte[] json, int offset, int length) {
    int end = offset + length;
    boolean negative = length > 0 && json[offset] == '-';
    int first = negative ? offset + 1 : offset;
    int digits = end - first;
    boolean writtenSo = digits == 1 || digits > 1 && digits <= SHORT_DIGITS && json[first] != '0';
    if (!writtenSo) {
      return NOT_SHORT;
    }
    long value = 0;
    for (int i = first; i < end; i++) {
      int digit = json[i] - '0';
      if (digit < 0 || digit > 9) {
        return NOT_SHORT;
      }
      value = 10 * value + digit;
    }
    return negative ? -value : value;
  }

  private static JsonNode parsed(byte[] json, int offset, int length) {
    try (JsonParser parser = parser(json, offset, length)) {
      parser.nextToken();
      return read(parser);
    }
  }

  /** Reads the value at whose first token the parser stands, and leaves the parser at its last. */
  public static JsonNode read(JsonParser parser) {
    JsonToken token = parser.currentToken();
    return token.isStructStart() ? container(parser, token) : scalar(parser, token);
  }

  private static JsonNode scalar(JsonParser parser, JsonToken token) {
    return switch (token) {
      case VALUE_STRING -> StringNode.valueOf(parser.getString());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> ExactNumbers.parse(parser.getString());
      case VALUE_TRUE -> BooleanNode.TRUE;
      case VALUE_FALSE -> BooleanNode.FALSE;
      case VALUE_NULL -> NullNode.instance;
      case START_OBJECT,
          START_ARRAY,
          NOT_AVAILABLE,
          END_OBJECT,
          END_ARRAY,
          PROPERTY_NAME,
          VALUE_EMBEDDED_OBJECT ->
          throw new IllegalStateException("no scalar begins with " + token);
    };
  }

  /**
   * Not by recursion, lest the depth of a body that somebody's limits admitted exhaust the stack.
   */
  private static JsonNode container(JsonParser parser, JsonToken start) {
    Deque<ContainerNode<?>> open = new ArrayDeque<>();
    ContainerNode<?> inner = emptyContainer(start);
    while (true) {
      JsonToken token = parser.nextToken();
      if (token == JsonToken.PROPERTY_NAME) {
        token = parser.nextToken();
      }
      if (token.isStructEnd()) {
        if (open.isEmpty()) {
          return inner;
        }
        inner = open.pop();
      } else if (token.isStructStart()) {
        ContainerNode<?> child = emptyContainer(token);
        add(inner, parser.streamReadContext().getParent().currentName(), child);
        open.push(inner);
        inner = child;
      } else {
        add(inner, parser.currentName(), scalar(parser, token));
      }
    }
  }

  private static ContainerNode<?> emptyContainer(JsonToken start) {
    return start == JsonToken.START_OBJECT
        ? new ObjectNode(JsonNodeFactory.instance)
        : new ArrayNode(JsonNodeFactory.instance);
  }

  private static void add(ContainerNode<?> container, @Nullable String name, JsonNode value) {
    if (container instanceof ObjectNode object) {
      object.set(Objects.requireNonNull(name), value);
    } else if (container instanceof ArrayNode array) {
      array.add(value);
    }
  }
}
