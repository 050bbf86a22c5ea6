package org.skerry.postgres.row;

import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import org.skerry.json.JsonIn;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON in the one spelling by which values are compared: jsonb keeps no other. */
final class CanonicalJson {
  private static final JsonMapper MAPPER =
      JsonIn.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private CanonicalJson() {}

  static String of(String json) {
    try {
      StringBuilder text = new StringBuilder();
      append(text, MAPPER.readTree(json));
      return text.toString();
    } catch (JacksonException e) {
      return json;
    }
  }

  private static void append(StringBuilder text, JsonNode node) {
    if (node.isObject()) {
      Map<String, JsonNode> sorted = new TreeMap<>();
      node.properties().forEach(member -> sorted.put(member.getKey(), member.getValue()));
      text.append('{');
      sorted.forEach(
          (name, value) -> {
            text.append(Values.quoted(name)).append(':');
            append(text, value);
            text.append(',');
          });
      text.append('}');
    } else if (node.isArray()) {
      text.append('[');
      for (JsonNode element : node) {
        append(text, element);
        text.append(',');
      }
      text.append(']');
    } else if (node.isNumber()) {
      BigDecimal number = node.decimalValue();
      text.append(number.signum() == 0 ? "0" : number.stripTrailingZeros().toString());
    } else {
      text.append(node);
    }
  }
}
