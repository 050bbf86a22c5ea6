package org.skerry.exchange.client.fhir;

import java.util.LinkedHashSet;
import java.util.Set;
import org.skerry.exchange.client.RecordId;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a resource refers to: other resources of the same server. */
final class References {
  private static final JsonMapper MAPPER = new JsonMapper();

  private References() {}

  /** The resources that are named by literal references, relative to the server. */
  static Set<RecordId> of(byte[] json) {
    Set<RecordId> found = new LinkedHashSet<>();
    for (JsonNode reference : MAPPER.readTree(json).findValues("reference")) {
      if (reference.isString()) {
        RecordId.parse(reference.stringValue()).ifPresent(found::add);
      }
    }
    return found;
  }
}
