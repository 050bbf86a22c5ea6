package org.skerry.fhir.search.query;

import java.util.List;
import java.util.Optional;
import org.skerry.fhir.search.definition.SearchParameter;

/**
 * What is asked for of resources of one type.
 *
 * @param conditions all of which hold of what is found
 * @param order by what it is sorted; then, and without, by logical ids
 * @param count how many at a time
 * @param total whether to say how many there are in all
 * @param includes which others come with what is found
 * @param cursor where a page begins, as another one named it
 * @param used the parameters that were understood
 * @param ignored the names of those that were not
 */
public record SearchQuery(
    String type,
    List<Condition> conditions,
    List<SortKey> order,
    int count,
    Total total,
    List<Include> includes,
    Optional<String> cursor,
    List<QueryParameter> used,
    List<String> ignored) {

  /** A parameter by whose values to sort. */
  public record SortKey(SearchParameter parameter, boolean descending) {}

  /** Whether to say how many there are. */
  public enum Total {
    /** When it costs little. */
    UNSAID,
    NONE,
    ESTIMATE,
    ACCURATE
  }

  /**
   * References to follow from what is found, or back to it.
   *
   * @param parameters the references
   * @param target only to, or from when reverse only to resources of, this type
   * @param iterate whether also from what was included
   */
  public record Include(
      List<SearchParameter> parameters, Optional<String> target, boolean reverse, boolean iterate) {
    public Include {
      parameters = List.copyOf(parameters);
    }
  }

  public SearchQuery {
    conditions = List.copyOf(conditions);
    order = List.copyOf(order);
    includes = List.copyOf(includes);
    used = List.copyOf(used);
    ignored = List.copyOf(ignored);
  }

  /** It with other conditions. */
  public SearchQuery where(List<Condition> others) {
    return new SearchQuery(type, others, order, count, total, includes, cursor, used, ignored);
  }

  /** It with other includes. */
  public SearchQuery with(List<Include> others) {
    return new SearchQuery(type, conditions, order, count, total, others, cursor, used, ignored);
  }
}
