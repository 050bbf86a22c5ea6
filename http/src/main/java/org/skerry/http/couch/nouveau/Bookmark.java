package org.skerry.http.couch.nouveau;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.skerry.http.HttpProblem;
import org.skerry.json.JsonIn;
import org.skerry.search.OrderValue;
import org.skerry.wire.JsonOut;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where a page ended: the order of its last hit, in base 64 of a JSON list with one entry for each
 * shard, of which there is one here; in CouchDB's form.
 */
final class Bookmark {
  private static final JsonMapper MAPPER = JsonIn.mapper();

  private Bookmark() {}

  /** That of a page behind which there is nothing yet. */
  static String empty() {
    return encoded("[]".getBytes(StandardCharsets.UTF_8));
  }

  static String write(List<OrderValue> order) {
    return encoded(
        JsonOut.bytes(
            out -> {
              out.writeStartArray();
              writeOrder(out, order);
              out.writeEndArray();
            }));
  }

  private static String encoded(byte[] json) {
    return Base64.getEncoder().encodeToString(json);
  }

  /** Writes an order as hits show it. */
  static void writeOrder(JsonGenerator out, List<OrderValue> order) {
    out.writeStartArray();
    for (OrderValue value : order) {
      out.writeStartObject();
      switch (value) {
        case OrderValue.Score(float score) -> {
          out.writeStringProperty("@type", "float");
          out.writeNumberProperty("value", score);
        }
        case OrderValue.Number(double number) -> {
          out.writeStringProperty("@type", "double");
          out.writeNumberProperty("value", number);
        }
        case OrderValue.Text(String text) -> {
          out.writeStringProperty("@type", "string");
          out.writeStringProperty("value", text);
        }
        case OrderValue.Absent absent -> out.writeStringProperty("@type", "null");
      }
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  /** The order that a bookmark holds; nothing for that of an empty page. */
  static Optional<List<OrderValue>> read(String bookmark) {
    try {
      JsonNode shards = MAPPER.readTree(Base64.getDecoder().decode(bookmark));
      if (shards.isArray() && shards.size() <= 1) {
        return shards.values().stream().findFirst().map(Bookmark::order);
      }
    } catch (JacksonException | IllegalArgumentException e) {
      throw bad();
    }
    throw bad();
  }

  private static List<OrderValue> order(JsonNode values) {
    if (!values.isArray()) {
      throw bad();
    }
    List<OrderValue> order = new ArrayList<>(values.size());
    for (JsonNode one : values.values()) {
      order.add(value(one.path("@type").asString(""), one.path("value")));
    }
    return order;
  }

  private static OrderValue value(String type, JsonNode value) {
    if (type.equals("null")) {
      return new OrderValue.Absent();
    }
    if (type.equals("string") && value.isString()) {
      return new OrderValue.Text(value.asString());
    }
    if (type.equals("float") && value.isNumber()) {
      return new OrderValue.Score((float) value.asDouble());
    }
    if (type.equals("double") && value.isNumber()) {
      return new OrderValue.Number(value.asDouble());
    }
    throw bad();
  }

  private static HttpProblem bad() {
    return HttpProblem.badRequest("bad_request", "Invalid bookmark");
  }
}
