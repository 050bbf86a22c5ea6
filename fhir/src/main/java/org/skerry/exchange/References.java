package org.skerry.exchange;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.skerry.fhir.resource.ResourceId;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a resource refers to: other resources of the same server. */
final class References {
  private static final JsonMapper MAPPER = new JsonMapper();

  private References() {}

  /** The resources that are named by literal references, relative to the server. */
  static Set<ResourceId> of(byte[] json) {
    Set<ResourceId> found = new LinkedHashSet<>();
    for (JsonNode reference : MAPPER.readTree(json).findValues("reference")) {
      if (reference.isString()) {
        ResourceId.parse(reference.stringValue()).ifPresent(found::add);
      }
    }
    return found;
  }

  /** The first of them that is wanted and not there. */
  static Optional<ResourceId> missing(
      byte[] json, Predicate<ResourceId> wanted, Predicate<ResourceId> isHere) {
    return of(json).stream().filter(wanted.and(isHere.negate())).findFirst();
  }
}
