package org.skerry.exchange.client.fhir;

import java.util.LinkedHashSet;
import java.util.Set;
import org.skerry.exchange.client.RecordId;
import org.skerry.json.JsonIn;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/** What a resource refers to: other resources of the same server. */
final class References {
  private static final JsonMapper MAPPER = JsonIn.mapper();

  private References() {}

  /** The resources that are named by literal references, relative to the server. */
  static Set<RecordId> of(byte[] json) {
    Set<RecordId> found = new LinkedHashSet<>();
    try (JsonParser in = MAPPER.createParser(json)) {
      for (JsonToken token = in.nextToken(); token != null; token = in.nextToken()) {
        if (token == JsonToken.PROPERTY_NAME
            && in.currentName().equals("reference")
            && in.nextToken() == JsonToken.VALUE_STRING) {
          RecordId.parse(in.getString()).ifPresent(found::add);
        }
      }
    }
    return found;
  }
}
