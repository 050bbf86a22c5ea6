package org.skerry.server.demo;

import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Turns what a transaction bundle says of other resources into what a server says: {@code
 * urn:uuid:…} and conditional references become {@code Type/id} (FHIR R4, 3.1.0.11.2 and
 * 3.1.0.11.3).
 */
final class References {
  private static final String CONTAINED = "#";

  private final Map<String, String> ids = new HashMap<>();

  /** Remembers what a bundle's entry may be called by. */
  void learn(JsonNode entry) {
    JsonNode resource = entry.path("resource");
    String id = FhirDocument.id(resource);
    ids.put(entry.path("fullUrl").asString(""), id);
    String type = resource.path("resourceType").asString("");
    for (JsonNode identifier : resource.path("identifier")) {
      String name =
          identifier.path("system").asString("") + "|" + identifier.path("value").asString("");
      ids.putIfAbsent(type + "?identifier=" + name, id);
    }
  }

  /**
   * Resolves all references in place.
   *
   * @throws DemoException when one names what was not learned
   */
  void resolve(JsonNode node) {
    if (node.path("reference").isString() && node instanceof ObjectNode object) {
      object.put("reference", resolved(object.path("reference").asString()));
    }
    node.forEach(this::resolve);
  }

  private String resolved(String reference) {
    if (reference.startsWith(CONTAINED)) {
      return reference;
    }
    String id = ids.get(reference);
    if (id == null) {
      throw new DemoException("the FHIR bundles refer to " + reference + ", which none contains");
    }
    return id;
  }
}
