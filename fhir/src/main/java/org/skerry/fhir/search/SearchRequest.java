package org.skerry.fhir.search;

import java.util.List;
import java.util.Optional;
import org.skerry.fhir.search.query.QueryParameter;

/**
 * A search as a client asks for it.
 *
 * @param types of which resources; none are those of all types that there are
 * @param parameters the query's, decoded, in their order
 * @param compartment the resource in whose compartment to search: {@code Patient/1}
 * @param strict whether to refuse parameters that are not known ({@code Prefer: handling=strict})
 * @param base under which URL the client knows the server, if that is known
 */
public record SearchRequest(
    List<String> types,
    List<QueryParameter> parameters,
    Optional<String> compartment,
    boolean strict,
    Optional<String> base) {
  public SearchRequest {
    types = List.copyOf(types);
    parameters = List.copyOf(parameters);
  }

  /** For resources of one type. */
  public static SearchRequest of(String type, List<QueryParameter> parameters) {
    return new SearchRequest(List.of(type), parameters, Optional.empty(), false, Optional.empty());
  }
}
