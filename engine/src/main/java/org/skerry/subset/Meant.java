package org.skerry.subset;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.skerry.json.JsonIn;
import org.skerry.store.Properties;
import org.skerry.store.subset.Label;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** The places that ever meant somebody in one database; kept with it. One thread at a time. */
final class Meant {
  private static final String PROPERTY = "scope_places";
  private static final JsonMapper MAPPER = JsonIn.mapper();

  private final Properties properties;

  Meant(Properties properties) {
    this.properties = properties;
  }

  Set<String> names() {
    Set<String> names = new HashSet<>();
    properties
        .get(PROPERTY)
        .ifPresent(
            stored -> MAPPER.readTree(stored).forEach(name -> names.add(name.stringValue())));
    return names;
  }

  void remember(Set<Label> labels) {
    Set<String> names = names();
    boolean news = false;
    for (Label label : labels) {
      news |= names.add(label.name());
    }
    if (news) {
      ArrayNode json = MAPPER.createArrayNode();
      names.stream().sorted().forEach(json::add);
      properties.put(PROPERTY, json.toString().getBytes(StandardCharsets.UTF_8));
    }
  }
}
