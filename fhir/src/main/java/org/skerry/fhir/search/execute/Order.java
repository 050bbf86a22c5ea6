package org.skerry.fhir.search.execute;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.skerry.collation.JsonOrder;
import org.skerry.document.DocId;
import org.skerry.fhir.search.definition.SearchParameters;
import org.skerry.fhir.search.extract.Term;
import org.skerry.fhir.search.query.SearchQuery.SortKey;
import org.skerry.fhir.search.rows.ResourceRows;
import tools.jackson.databind.node.ArrayNode;

/**
 * How an answer is sorted: by the lowest or, downwards, the highest term of each key; those that
 * have none come last either way; what is equal by ids, in the direction of the first key.
 */
record Order(List<SortKey> keys, SearchParameters parameters, Resources resources)
    implements Comparator<Order.Place> {
  private static final String ID = "_id";

  Order {
    keys = List.copyOf(keys);
  }

  /** Where a resource stands. */
  record Place(DocId id, List<ArrayNode> terms) {
    Place {
      terms = List.copyOf(terms);
    }
  }

  boolean isById() {
    return keys.isEmpty() || keys.size() == 1 && isById(keys.getFirst()) && !isDescending();
  }

  private static boolean isById(SortKey key) {
    return key.parameter().code().equals(ID);
  }

  boolean isDescending() {
    return !keys.isEmpty() && keys.getFirst().descending();
  }

  /** Where a resource stands, as it is now. */
  Place place(DocId id) {
    String type = ResourceRows.typeOf(id.text()).orElseThrow();
    List<ArrayNode> terms = new ArrayList<>(keys.size());
    for (SortKey key : keys) {
      terms.add(term(id, type, key));
    }
    return new Place(id, terms);
  }

  private ArrayNode term(DocId id, String type, SortKey key) {
    if (isById(key)) {
      return Term.of(Term.text(id.text())).key();
    }
    Comparator<ArrayNode> best =
        key.descending() ? (a, b) -> JsonOrder.RAW.compare(b, a) : JsonOrder.RAW::compare;
    return parameters
        .find(type, key.parameter().code())
        .flatMap(
            parameter ->
                resources.terms(id, parameter).stream()
                    .filter(Term::isMain)
                    .map(Term::key)
                    .min(best))
        .orElseGet(Cursor::none);
  }

  @Override
  public int compare(Place a, Place b) {
    for (int i = 0; i < keys.size(); i++) {
      ArrayNode one = a.terms().get(i);
      ArrayNode other = b.terms().get(i);
      int difference =
          one.isEmpty() || other.isEmpty()
              ? Boolean.compare(one.isEmpty(), other.isEmpty())
              : JsonOrder.RAW.compare(one, other) * (keys.get(i).descending() ? -1 : 1);
      if (difference != 0) {
        return difference;
      }
    }
    return isDescending() ? b.id().compareTo(a.id()) : a.id().compareTo(b.id());
  }
}
