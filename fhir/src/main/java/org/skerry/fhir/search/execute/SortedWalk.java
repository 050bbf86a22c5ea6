package org.skerry.fhir.search.execute;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.skerry.document.DocId;
import org.skerry.fhir.search.definition.SearchParameter;
import org.skerry.fhir.search.extract.Term;
import org.skerry.fhir.search.query.SearchQuery.SortKey;
import org.skerry.fhir.search.rows.RowReading;
import org.skerry.fhir.search.rows.Span;

/**
 * Finds what comes next in the order of one parameter by walking through its rows, and asking of
 * each whether its resource is meant: cheap when many are.
 */
final class SortedWalk {
  private final RowReading rows;
  private final Resources resources;
  private final SortKey key;
  private final DocumentStream meant;
  private final Predicate<DocId> member;
  private final PlanLimits limits;

  SortedWalk(
      RowReading rows,
      Resources resources,
      SortKey key,
      DocumentStream meant,
      Predicate<DocId> member,
      PlanLimits limits) {
    this.limits = limits;
    this.rows = rows;
    this.resources = resources;
    this.key = key;
    this.meant = meant;
    this.member = member;
  }

  List<Order.Place> next(Optional<Cursor> after, int limit) {
    List<Order.Place> found = new ArrayList<>();
    boolean within = after.isEmpty() || !after.get().isWithoutKey();
    if (within) {
      rows.sorted(
          key.parameter(),
          key.descending(),
          after.map(cursor -> new RowReading.SortPlace(cursor.keys().getFirst(), cursor.id())),
          (id, term) -> {
            if (member.test(id)) {
              found.add(new Order.Place(id, List.of(term)));
            }
            return found.size() < limit;
          });
    }
    if (found.size() < limit) {
      without(within ? Optional.empty() : after.map(Cursor::id), limit, found);
    }
    return found;
  }

  /** Those that the parameter says nothing of. */
  private void without(Optional<DocId> after, int limit, List<Order.Place> found) {
    Predicate<DocId> sorted = sorted();
    List<DocId> rest = new ArrayList<>();
    Optional<DocId> next =
        meant.advance(key.descending() ? Optional.empty() : after.map(DocumentStream::behind));
    while (next.isPresent()) {
      DocId id = next.get();
      if (key.descending() && after.isPresent() && id.compareTo(after.get()) >= 0) {
        break;
      }
      if (!sorted.test(id) && member.test(id)) {
        rest.add(id);
        if (!key.descending() && found.size() + rest.size() == limit) {
          break;
        }
        if (rest.size() > limit) {
          // Downwards the last ones are wanted.
          rest.removeFirst();
        }
      }
      next = meant.advance(Optional.of(DocumentStream.behind(id)));
    }
    List<DocId> inOrder = key.descending() ? rest.reversed() : rest;
    for (DocId id : inOrder) {
      if (found.size() < limit) {
        found.add(new Order.Place(id, List.of(Cursor.none())));
      }
    }
  }

  private Predicate<DocId> sorted() {
    SearchParameter parameter = key.parameter();
    if (rows.count(Span.main(parameter)) > limits.most()) {
      return id -> resources.terms(id, parameter).stream().anyMatch(Term::isMain);
    }
    Set<DocId> ids = new HashSet<>();
    rows.documents(
        Span.main(parameter),
        id -> {
          ids.add(id);
          return true;
        });
    return ids::contains;
  }
}
