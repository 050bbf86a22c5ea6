package org.skerry.mango;

import java.util.Optional;
import org.skerry.selector.FieldPath;
import org.skerry.selector.Selector;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What a JSON index holds.
 *
 * @param fields the members whose values are its keys
 * @param filterJson the selector of the documents that it is about, in normal form; empty for all
 */
record IndexDefinition(Sort fields, JsonNode filterJson) {
  /** The selector of the documents that it is about; none for all. */
  Optional<Selector> filter() {
    return filterJson.isEmpty() ? Optional.empty() : Optional.of(Selector.parse(filterJson));
  }

  /**
   * Reads the {@code index} member of a request.
   *
   * @throws MangoException when it defines no index
   */
  static IndexDefinition parse(JsonNode json) {
    if (!json.isObject()) {
      throw MangoException.bad("invalid_index", "JSON indexes must be an object, not: " + json);
    }
    Options options = new Options(json);
    Sort fields = Sort.parse(options.require("fields"));
    JsonNode filter =
        options
            .find("partial_filter_selector")
            .map(IndexDefinition::normal)
            .orElseGet(JsonNodeFactory.instance::objectNode);
    options.end();
    fields.names().forEach(FieldPath::parse);
    return new IndexDefinition(fields, filter);
  }

  private static JsonNode normal(JsonNode selector) {
    Selector.parse(selector);
    return NormalSelector.of(selector).json();
  }

  /** Writes it as clients see it. */
  void write(JsonGenerator out) {
    out.writeStartObject();
    out.writeName("fields");
    fields.writeList(out);
    if (!filterJson.isEmpty()) {
      out.writeName("partial_filter_selector");
      out.writeRawValue(filterJson.toString());
    }
    out.writeEndObject();
  }
}
