package org.skerry.postgres.mapping;

import java.util.regex.Pattern;
import org.skerry.json.JsonIn;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Rules of a database that are for the documents of one table: their ids tell them. */
public final class TypeRules {
  private static final JsonMapper MAPPER = JsonIn.mapper();
  private static final Pattern SPECIAL = Pattern.compile("[.$]");

  private TypeRules() {}

  /**
   * A whole rule.
   *
   * @param rule what a mapping says of it
   */
  public static ObjectNode of(String type, String rule) {
    ObjectNode whole = JsonNodeFactory.instance.objectNode();
    String ids = "^" + SPECIAL.matcher(type).replaceAll("\\\\$0") + "/";
    whole.putObject("selector").putObject("_id").put("$regex", ids);
    MAPPER
        .readTree(rule)
        .properties()
        .forEach(member -> whole.set(member.getKey(), member.getValue()));
    return whole;
  }
}
