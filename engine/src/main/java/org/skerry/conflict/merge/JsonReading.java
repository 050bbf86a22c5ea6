package org.skerry.conflict.merge;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.skerry.collation.ExactNumbers;
import org.skerry.collation.ValueReader;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** One pass over the bytes of a value. */
final class JsonReading {
  /** What is nested deeper is one value: so neither reading nor merging exhausts the stack. */
  private static final int DEEPEST = 200;

  /** The value of what is compared by its text. */
  private record Raw(String text) {}

  /** The value of {@code null}. */
  private enum Nothing {
    NULL
  }

  private final byte[] json;
  private final JsonParser parser;

  JsonReading(byte[] json) {
    this.json = json;
    this.parser = ValueReader.parser(json);
  }

  Json read() {
    try (parser) {
      parser.nextToken();
      return value(0);
    }
  }

  /** The value at whose first token the parser stands; it is left at the last. */
  private Json value(int depth) {
    JsonToken token = parser.currentToken();
    if (!token.isStructStart()) {
      return scalar(token);
    }
    if (depth == DEEPEST) {
      String text = text();
      return new Json.Scalar(text, new Raw(text));
    }
    return token == JsonToken.START_OBJECT ? object(depth) : array(depth);
  }

  private Json object(int depth) {
    Map<String, Json> members = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      members.put(name, value(depth + 1));
    }
    return new Json.Members(members);
  }

  private Json array(int depth) {
    List<Json> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(value(depth + 1));
    }
    return new Json.Items(items);
  }

  private Json scalar(JsonToken token) {
    return switch (token) {
      case VALUE_STRING -> {
        String value = parser.getString();
        yield new Json.Scalar(text(), value);
      }
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
        BigDecimal number = ExactNumbers.decimal(ExactNumbers.parse(parser.getString()));
        yield new Json.Scalar(text(), number.stripTrailingZeros());
      }
      case VALUE_TRUE -> new Json.Scalar("true", Boolean.TRUE);
      case VALUE_FALSE -> new Json.Scalar("false", Boolean.FALSE);
      default -> new Json.Scalar("null", Nothing.NULL);
    };
  }

  private String text() {
    int from = (int) parser.currentTokenLocation().getByteOffset();
    parser.skipChildren();
    // A text is read no further than its first quote until somebody wants it.
    parser.finishToken();
    int to = (int) parser.currentLocation().getByteOffset();
    return new String(json, from, to - from, StandardCharsets.UTF_8).strip();
  }
}
