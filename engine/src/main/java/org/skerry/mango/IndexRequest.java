package org.skerry.mango;

import java.util.Optional;
import org.skerry.mango.MangoException.Kind;
import tools.jackson.databind.JsonNode;

/**
 * The body of {@code POST /{db}/_index}, checked.
 *
 * @param source the definition as it was written, which CouchDB keeps beside its own reading
 * @param partitioned what the design document is to say about partitions, if anything
 */
public record IndexRequest(
    String designId,
    String name,
    JsonNode source,
    IndexDefinition definition,
    Optional<Boolean> partitioned) {
  private static final long WRITE_QUORUM = 2;

  /**
   * Reads a request.
   *
   * @throws MangoException when it asks for no index, or for one that cannot be made here
   */
  public static IndexRequest parse(JsonNode json) {
    Options options = new Options(json);
    JsonNode source = options.require("index").deepCopy();
    String type = options.text("type").orElse("json");
    Optional<String> name = options.text("name").map(IndexRequest::notEmpty);
    Optional<String> design = options.text("ddoc").map(IndexRequest::notEmpty);
    long w = options.positive("w", WRITE_QUORUM);
    Optional<Boolean> partitioned = options.find("partitioned").map(IndexRequest::partitioned);
    options.end();
    checkType(type);
    IndexDefinition definition = IndexDefinition.parse(source);
    IndexName generated = new IndexName(source, type, name, design, w, partitioned);
    return new IndexRequest(
        UseIndex.designId(design.orElseGet(generated::generate)),
        name.orElseGet(generated::generate),
        source,
        definition,
        partitioned);
  }

  private static String notEmpty(String name) {
    if (name.isEmpty()) {
      throw MangoException.bad("invalid_index_name", "Invalid index name: \"\"");
    }
    return name;
  }

  private static boolean partitioned(JsonNode value) {
    if (!value.isBoolean()) {
      throw MangoException.bad("invalid_partitioned_value", "Invalid partitioned value: " + value);
    }
    if (value.booleanValue()) {
      throw MangoException.bad(
          "invalid_design_doc", "partitioned option cannot be true in a non-partitioned database.");
    }
    return value.booleanValue();
  }

  private static void checkType(String type) {
    switch (type) {
      case "json" -> {}
      case "text", "nouveau" ->
          throw new MangoException(
              Kind.UNAVAILABLE,
              "required index service unavailable",
              type + ": indexes of this type are not served here, only those of type json");
      default -> throw MangoException.bad("invalid_index", "Invalid type for index: " + type);
    }
  }
}
