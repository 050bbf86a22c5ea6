package org.skerry.replication.peer;

import java.util.Optional;
import org.skerry.json.JsonIn;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Finds a filter function in a design document. */
public final class FilterSource {
  private static final JsonMapper MAPPER = JsonIn.mapper();

  private FilterSource() {}

  /** The function's source without blanks around it; nothing when there is none of that name. */
  public static Optional<String> of(byte[] design, String function) {
    JsonNode source = MAPPER.readTree(design).path("filters").path(function);
    return source.isString() ? Optional.of(source.asString().strip()) : Optional.empty();
  }
}
