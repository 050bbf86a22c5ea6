package org.skerry.fhir.search.extract;

import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** Terms of the elements at a path's end. */
record Source(Path path, TermMaker maker) implements TermSource {
  @Override
  public void find(JsonNode resource, Consumer<Term> terms) {
    find(resource, resource, terms);
  }

  void find(JsonNode resource, JsonNode from, Consumer<Term> terms) {
    path.follow(resource, from, element -> maker.make(element, terms));
  }
}
