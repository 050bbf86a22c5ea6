package org.skerry.fhir.search.extract;

import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * {@code X.exists() and X != false}, X being a choice: the one expression among R4's whose value is
 * a result and no element.
 */
record Deceased(List<Path> paths) implements TermSource {
  @Override
  public void find(JsonNode resource, Consumer<Term> terms) {
    boolean[] is = {false};
    for (Path path : paths) {
      path.follow(resource, resource, value -> is[0] |= !value.isBoolean() || value.asBoolean());
    }
    TokenTerms.add(String.valueOf(is[0]), "", terms);
  }
}
