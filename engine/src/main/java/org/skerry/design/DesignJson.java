package org.skerry.design;

import org.skerry.json.JsonIn;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads design documents, which were checked when they came in: nothing more is refused. */
final class DesignJson {
  private static final JsonMapper MAPPER = JsonIn.builder(JsonIn.unlimited()).build();

  private DesignJson() {}

  static JsonNode read(byte[] json) {
    return MAPPER.readTree(json);
  }
}
