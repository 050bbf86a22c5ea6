package org.skerry.fhir.search.extract;

import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** Finds a parameter's terms in a resource; some of them perhaps twice. */
@FunctionalInterface
interface TermSource {
  void find(JsonNode resource, Consumer<Term> terms);
}
