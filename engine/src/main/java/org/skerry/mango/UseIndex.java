package org.skerry.mango;

import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/**
 * Which index a query asks for: one of a design document, or one by its name.
 *
 * @param design as the client wrote it, with {@code _design/} or without
 */
record UseIndex(String design, Optional<String> name) {
  private static final String PREFIX = "_design/";

  /**
   * Reads {@code "design"}, {@code "design/name"} or {@code ["design", "name"]}.
   *
   * @return nothing when it names none
   * @throws MangoException when it names nothing that could be an index
   */
  static Optional<UseIndex> parse(JsonNode json) {
    if (json.isString()) {
      return Optional.of(parse(json.stringValue()));
    }
    boolean named =
        json.isArray() && json.size() <= 2 && json.valueStream().allMatch(JsonNode::isString);
    if (!named && !json.isNull()) {
      throw MangoException.bad("invalid_index_name", "Invalid index name: " + json);
    }
    return json.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new UseIndex(
                json.get(0).stringValue(),
                Optional.ofNullable(json.get(1)).map(JsonNode::stringValue)));
  }

  /** The first slash alone divides, as in {@code mango_opts:validate_use_index}. */
  private static UseIndex parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      return new UseIndex(text, Optional.empty());
    }
    String before = text.substring(0, slash);
    String behind = text.substring(slash + 1);
    return before.equals("_design")
        ? new UseIndex(behind, Optional.empty())
        : new UseIndex(before, Optional.of(behind));
  }

  boolean means(MangoIndex index) {
    return index.design().filter(designId()::equals).isPresent()
        && name.filter(wanted -> !wanted.equals(index.name())).isEmpty();
  }

  /** The design document's id. */
  String designId() {
    return designId(design);
  }

  /** The id of a design document that is named with or without {@code _design/}. */
  static String designId(String design) {
    return design.startsWith(PREFIX) ? design : PREFIX + design;
  }

  void write(JsonGenerator out) {
    out.writeStartArray();
    out.writeString(design);
    name.ifPresent(out::writeString);
    out.writeEndArray();
  }
}
