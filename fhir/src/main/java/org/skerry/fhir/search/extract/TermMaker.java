package org.skerry.fhir.search.extract;

import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** Makes terms of an element of one datatype, for one kind of parameter. */
@FunctionalInterface
interface TermMaker {
  /** What cannot be read has no terms. */
  void make(JsonNode element, Consumer<Term> terms);
}
