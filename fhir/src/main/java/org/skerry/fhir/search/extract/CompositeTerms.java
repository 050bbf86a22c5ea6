package org.skerry.fhir.search.extract;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * Composites: {@code [[first part's term], [second's], …]} for each combination of the main terms
 * that one element has for its parts.
 *
 * @param bases where the elements are, and where from there the parts
 */
record CompositeTerms(List<Base> bases) implements TermSource {
  /** More of them for one element are no help to anybody. */
  private static final int MAX_COMBINATIONS = 200;

  /** Elements of one datatype, and of each part its sources. */
  record Base(Path path, List<List<Source>> parts) {}

  @Override
  public void find(JsonNode resource, Consumer<Term> terms) {
    for (Base base : bases) {
      base.path()
          .follow(resource, resource, element -> combine(resource, element, base.parts(), terms));
    }
  }

  private static void combine(
      JsonNode resource, JsonNode element, List<List<Source>> parts, Consumer<Term> terms) {
    List<List<JsonNode>> combined = List.of(List.of());
    for (List<Source> part : parts) {
      List<Term> found = new ArrayList<>();
      part.forEach(source -> source.find(resource, element, found::add));
      List<List<JsonNode>> longer = new ArrayList<>();
      for (List<JsonNode> beginning : combined) {
        for (Term term : found) {
          if (term.isMain() && longer.size() < MAX_COMBINATIONS) {
            List<JsonNode> one = new ArrayList<>(beginning);
            one.add(term.key());
            longer.add(one);
          }
        }
      }
      combined = longer;
    }
    for (List<JsonNode> one : combined) {
      terms.accept(Term.of(one.toArray(JsonNode[]::new)));
    }
  }
}
