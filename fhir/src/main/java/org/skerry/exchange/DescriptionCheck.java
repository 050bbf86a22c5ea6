package org.skerry.exchange;

import java.util.List;
import java.util.Optional;
import org.skerry.json.JsonIn;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Whether a file describes a partner, before anybody gives it to a node. */
public final class DescriptionCheck {
  private static final JsonMapper MAPPER = JsonIn.mapper();

  private DescriptionCheck() {}

  /**
   * What is wrong with a description; nothing when a node takes it.
   *
   * @param name of the partner
   * @param database for a configuration file of Sync 2.0, which names none
   */
  public static List<String> problems(String name, byte[] json, Optional<String> database) {
    JsonNode read;
    try {
      read = MAPPER.readTree(json);
    } catch (JacksonException e) {
      return List.of("it is no JSON: " + e.getOriginalMessage());
    }
    if (read instanceof ObjectNode object) {
      database.ifPresent(text -> object.put("database", text));
    }
    try {
      PartnerReader.read(name, read, text -> text.matches("[a-z][a-z0-9_$()+/-]*"));
      return List.of();
    } catch (InvalidPartnerException e) {
      return e.problems();
    }
  }
}
