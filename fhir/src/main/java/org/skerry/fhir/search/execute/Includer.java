package org.skerry.fhir.search.execute;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.skerry.document.DocId;
import org.skerry.fhir.search.definition.SearchParameter;
import org.skerry.fhir.search.extract.Term;
import org.skerry.fhir.search.query.SearchQuery.Include;
import org.skerry.fhir.search.rows.ResourceRows;
import org.skerry.fhir.search.rows.RowReading;
import org.skerry.fhir.search.rows.Span;
import org.skerry.store.StoredDocument;

/** Finds what comes with the resources of a page. */
final class Includer {
  /** With more of them a page would be no page. */
  private static final int MOST = 1_000;

  private static final int MOST_ROUNDS = 10;

  private final RowReading rows;
  private final Resources resources;
  private final Map<DocId, StoredDocument> included = new LinkedHashMap<>();
  private final Set<DocId> seen = new LinkedHashSet<>();
  private boolean truncated;

  Includer(RowReading rows, Resources resources) {
    this.rows = rows;
    this.resources = resources;
  }

  /** Follows references from the matches; those to iterate also from what that finds. */
  void follow(List<StoredDocument> matches, List<Include> includes) {
    matches.forEach(match -> seen.add(match.id()));
    List<StoredDocument> from = matches;
    List<Include> wanted = includes;
    for (int round = 0; !from.isEmpty() && !wanted.isEmpty(); round++) {
      if (round == MOST_ROUNDS) {
        truncated = true;
        return;
      }
      Set<DocId> ends = new LinkedHashSet<>();
      for (Include include : wanted) {
        for (StoredDocument one : from) {
          if (include.reverse()) {
            back(one, include, ends);
          } else {
            forth(one, include, ends);
          }
        }
      }
      from = add(ends);
      wanted = includes.stream().filter(Include::iterate).toList();
    }
  }

  private List<StoredDocument> add(Set<DocId> ends) {
    List<DocId> fresh = new ArrayList<>();
    for (DocId end : ends) {
      if (!seen.add(end)) {
        continue;
      }
      if (included.size() + fresh.size() == MOST) {
        truncated = true;
        break;
      }
      fresh.add(end);
    }
    List<StoredDocument> found = resources.load(fresh);
    found.forEach(one -> included.put(one.id(), one));
    return found;
  }

  private void forth(StoredDocument from, Include include, Set<DocId> ends) {
    String type = ResourceRows.typeOf(from.id().text()).orElse("");
    for (SearchParameter parameter : include.parameters()) {
      if (!parameter.resourceType().equals(type)) {
        continue;
      }
      for (Term term : resources.terms(Resources.body(from), parameter)) {
        String target = term.isMain() ? term.key().get(1).stringValue() : "";
        if (include.target().map(target::equals).orElse(!target.isEmpty())) {
          Planner.local(term, target).filter(Includer::isResource).ifPresent(ends::add);
        }
      }
    }
  }

  /** A canonical's version stands where the type of a reference does. */
  private static boolean isResource(DocId id) {
    return ResourceRows.typeOf(id.text()).isPresent() && id.text().charAt(0) <= 'Z';
  }

  private void back(StoredDocument to, Include include, Set<DocId> ends) {
    String type = ResourceRows.typeOf(to.id().text()).orElse("");
    if (type.isEmpty() || include.target().isPresent() && !include.target().get().equals(type)) {
      return;
    }
    String id = to.id().text().substring(type.length() + 1);
    for (SearchParameter parameter : include.parameters()) {
      rows.documents(
          Span.of(parameter, Term.text(id), Term.text(type)),
          source -> {
            ends.add(source);
            return ends.size() <= 2 * MOST;
          });
    }
  }

  List<StoredDocument> included() {
    return List.copyOf(included.values());
  }

  boolean isTruncated() {
    return truncated;
  }
}
