package org.skerry.postgres.schema;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.skerry.postgres.number.FilledBy;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes into a first mapping what counts a column's codes, as far as its default tells. */
final class SequenceHint {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** A name as SQL has it, perhaps with its schema. */
  private static final Pattern PLACE =
      Pattern.compile("(?:(\"[^\"]+\"|[^\".]+)\\.)?(\"[^\"]+\"|[^\".]+)");

  private SequenceHint() {}

  /** What a column's default draws from; nothing where that is in another schema. */
  static Optional<JsonNode> of(LiveColumn column, String schema) {
    return column
        .filled()
        .flatMap(FilledBy::read)
        .flatMap(rule -> name(rule.sequence(), schema).map(name -> json(name, rule)));
  }

  private static Optional<String> name(String place, String schema) {
    Matcher parts = PLACE.matcher(place);
    if (!parts.matches()) {
      return Optional.empty();
    }
    boolean here = parts.group(1) == null || unquoted(parts.group(1)).equals(schema);
    return here ? Optional.of(unquoted(parts.group(2))) : Optional.empty();
  }

  private static String unquoted(String name) {
    return name.replace("\"", "");
  }

  private static JsonNode json(String name, FilledBy rule) {
    if (rule.prefix().isEmpty() && rule.suffix().isEmpty() && rule.padding() == 0) {
      return JSON.stringNode(name);
    }
    ObjectNode json = JSON.objectNode().put("name", name);
    if (!rule.prefix().isEmpty()) {
      json.put("prefix", rule.prefix());
    }
    if (!rule.suffix().isEmpty()) {
      json.put("suffix", rule.suffix());
    }
    return json.put("padding", rule.padding());
  }
}
