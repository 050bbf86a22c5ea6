package org.skerry.fhir.search.extract;

import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * One member on the way, each of its elements when it is an array.
 *
 * @param index which element alone, or -1 for all
 * @param filter which elements
 */
record Step(String member, int index, Predicate<JsonNode> filter) {
  private static final int ALL = -1;

  static Step to(String member) {
    return new Step(member, ALL, any -> true);
  }

  Step at(int only) {
    return new Step(member, only, filter);
  }

  Step where(Predicate<JsonNode> condition) {
    return new Step(member, index, filter.and(condition));
  }

  boolean takes(int at) {
    return index == ALL || index == at;
  }
}
