package org.skerry.search;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A question to an index.
 *
 * @param query in Lucene's syntax; the field {@code default} where none is named
 * @param locale how numbers in the query are written
 * @param limit at most so many hits
 * @param sort fields, {@code -} before those that descend; empty for the best first
 * @param counts string fields whose values are counted
 * @param ranges number fields with the ranges whose hits are counted
 * @param topN at most so many counts a field, the greatest
 * @param after the order of the hit before the first; from an earlier answer
 * @param update whether the index is brought up to date before
 */
public record SearchRequest(
    String query,
    Optional<Locale> locale,
    int limit,
    List<String> sort,
    List<String> counts,
    Map<String, List<FacetRange>> ranges,
    int topN,
    Optional<List<OrderValue>> after,
    boolean update) {
  private static final int LIMIT = 25;
  private static final int TOP_N = 10;

  public SearchRequest {
    sort = List.copyOf(sort);
    counts = List.copyOf(counts);
    after = after.map(List::copyOf);
  }

  /** The best hits for a query, with everything else as it is by default. */
  public static SearchRequest of(String query) {
    return new SearchRequest(
        query,
        Optional.empty(),
        LIMIT,
        List.of(),
        List.of(),
        Map.of(),
        TOP_N,
        Optional.empty(),
        true);
  }

  /** The same with another limit. */
  public SearchRequest withLimit(int other) {
    return new SearchRequest(query, locale, other, sort, counts, ranges, topN, after, update);
  }

  /** The same in another order. */
  public SearchRequest withSort(List<String> other) {
    return new SearchRequest(query, locale, limit, other, counts, ranges, topN, after, update);
  }

  /** The same with counts. */
  public SearchRequest withFacets(
      List<String> strings, Map<String, List<FacetRange>> numbers, int top) {
    return new SearchRequest(query, locale, limit, sort, strings, numbers, top, after, update);
  }

  /** The page behind a hit. */
  public SearchRequest after(List<OrderValue> order) {
    return new SearchRequest(
        query, locale, limit, sort, counts, ranges, topN, Optional.of(order), update);
  }

  /** The same with numbers as they are written elsewhere. */
  public SearchRequest withLocale(Locale other) {
    return new SearchRequest(
        query, Optional.of(other), limit, sort, counts, ranges, topN, after, update);
  }

  /** The same over the index as it is. */
  public SearchRequest withoutUpdate() {
    return new SearchRequest(query, locale, limit, sort, counts, ranges, topN, after, false);
  }
}
