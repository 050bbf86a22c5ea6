package org.skerry.fhir.search.rows;

import java.util.List;
import org.skerry.fhir.search.extract.Term;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What stands beside a row's key: the term's original; with its rank when the resource has several
 * main terms for the parameter, since by one of them it is sorted.
 *
 * <pre>
 *   original                 of the only main term, or of another kind of term
 *   [rank, original]         1: the lowest; 2: the highest; 0: one between
 * </pre>
 */
final class RowValue {
  static final int LOWEST = 1;
  static final int HIGHEST = 2;

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private RowValue() {}

  /** That of one of a parameter's terms, which are given in ascending order. */
  static JsonNode of(List<Term> mains, Term term) {
    if (mains.size() < 2 || !term.isMain()) {
      return term.original();
    }
    int rank = term.equals(mains.getFirst()) ? LOWEST : term.equals(mains.getLast()) ? HIGHEST : 0;
    return JSON.arrayNode(2).add(rank).add(term.original());
  }

  static JsonNode original(JsonNode value) {
    return value.isArray() ? value.get(1) : value;
  }

  /** Whether a resource is sorted by this of its terms. */
  static boolean isEnd(JsonNode value, boolean highest) {
    return !value.isArray() || value.get(0).asInt() == (highest ? HIGHEST : LOWEST);
  }
}
