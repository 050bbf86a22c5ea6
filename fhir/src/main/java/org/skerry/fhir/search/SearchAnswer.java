package org.skerry.fhir.search;

import java.util.List;
import org.skerry.fhir.search.execute.SearchPage;
import org.skerry.fhir.search.query.QueryParameter;

/**
 * A page of what was found, and what of the query was understood.
 *
 * @param used the parameters that decided, for the self link
 * @param ignored what was not understood, and not used
 */
public record SearchAnswer(SearchPage page, List<QueryParameter> used, List<String> ignored) {
  public SearchAnswer {
    used = List.copyOf(used);
    ignored = List.copyOf(ignored);
  }
}
