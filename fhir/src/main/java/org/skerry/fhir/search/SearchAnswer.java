package org.skerry.fhir.search;

import java.util.List;
import org.skerry.fhir.search.execute.SearchPage;
import org.skerry.fhir.search.query.QueryParameter;

/**
 * A page of what was found, and what of the query was understood.
 *
 * @param used the parameters that decided, of some type or of all
 * @param ignored what was not understood of some type; what another type used stands in both
 */
public record SearchAnswer(SearchPage page, List<QueryParameter> used, List<String> ignored) {
  public SearchAnswer {
    used = List.copyOf(used);
    ignored = List.copyOf(ignored);
  }
}
