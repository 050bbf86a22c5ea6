package org.skerry.mango;

import java.util.List;
import java.util.Optional;

/**
 * How a query is to be answered.
 *
 * @param index what serves; none when nothing can, which only an explanation survives
 * @param ranges which values of the index's first columns can match, one a column
 * @param rejected the other indexes, and why they do not serve; only of a query that is explained
 */
public record Plan(
    FindRequest request,
    Optional<MangoIndex> index,
    List<FieldRange> ranges,
    List<Rejection> rejected) {
  public Plan {
    ranges = List.copyOf(ranges);
    rejected = List.copyOf(rejected);
  }

  /** Why an index does not serve; the words are CouchDB's. */
  enum Reason {
    IS_PARTIAL,
    SCOPE_MISMATCH,
    FIELD_MISMATCH,
    SORT_ORDER_MISMATCH,
    EXCLUDED_BY_USER,
    UNFAVORED_TYPE,
    LESS_OVERLAP,
    TOO_MANY_FIELDS,
    ALPHABETICALLY_COMES_AFTER
  }

  /**
   * An index that was not chosen.
   *
   * @param usable whether it could have served
   * @param ranking how far behind the chosen one it stands, from 1
   */
  record Rejection(MangoIndex index, boolean usable, Reason reason, int ranking) {}

  /** Whether no document can match. */
  boolean isEmpty() {
    return request.normal().isEmptyCombination() || ranges.size() == 1 && ranges.getFirst().empty();
  }

  /** Whether the index alone can answer, without the documents. */
  boolean isCovering() {
    return !request.showsAll()
        && index.filter(chosen -> Coverage.of(chosen, request).covers()).isPresent();
  }
}
