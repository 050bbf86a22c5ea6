package org.skerry.fhir.search.execute;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.skerry.document.DocId;
import org.skerry.fhir.search.extract.Extractors;
import org.skerry.fhir.search.query.Condition;
import org.skerry.fhir.search.query.SearchQuery;
import org.skerry.fhir.search.rows.ResourceRows;
import org.skerry.store.ChangeRange;
import org.skerry.store.DocumentStore;
import org.skerry.store.Fields;
import org.skerry.store.Seq;
import org.skerry.store.StoredDocument;
import tools.jackson.databind.JsonNode;

/**
 * What changed behind an index, where that is so little that asking each document costs less than
 * to have the index follow. Whoever creates many resources, each on a condition, would wait for the
 * index as often.
 *
 * @param changed all documents that changed
 * @param matching those of them that the query finds as they are now
 */
public record Recent(Set<DocId> changed, Set<DocId> matching) {
  private static final int MOST = 32;

  /** Of a resource in conflict it is made by the index, and stands in no body. */
  private static final String TAG = "_tag";

  public Recent {
    changed = Set.copyOf(changed);
    matching = new TreeSet<>(matching);
  }

  /** Whether a resource tells by itself whether the query finds it. */
  public static boolean canTell(SearchQuery query) {
    return query.conditions().stream().allMatch(Recent::canTell);
  }

  private static boolean canTell(Condition condition) {
    return switch (condition) {
      case Condition.Has has -> !has.parameter().code().equals(TAG) && !has.parameter().isTextual();
      case Condition.Not not -> canTell(not.condition());
      case Condition.AnyOf any -> any.conditions().stream().allMatch(Recent::canTell);
      case Condition.AllOf all -> all.conditions().stream().allMatch(Recent::canTell);
      case Condition.Says says -> false;
      case Condition.WithId id -> true;
      case Condition.RefersTo chain -> false;
      case Condition.ReferredBy chain -> false;
    };
  }

  /** What changed after a position; nothing when it is much. */
  public static Optional<Recent> after(
      Seq since, DocumentStore store, SearchQuery query, Extractors extractors) {
    Set<DocId> changed = new HashSet<>();
    Set<DocId> matching = new HashSet<>();
    store.changes(
        ChangeRange.after(since, MOST + 1),
        Fields.WINNER,
        document -> {
          changed.add(document.id());
          if (matches(document, query, extractors)) {
            matching.add(document.id());
          }
          return true;
        });
    return changed.size() > MOST ? Optional.empty() : Optional.of(new Recent(changed, matching));
  }

  private static boolean matches(
      StoredDocument document, SearchQuery query, Extractors extractors) {
    return !document.deleted()
        && document.id().text().startsWith(query.type() + "/")
        && ResourceRows.resource(document)
            .filter(
                resource ->
                    query.conditions().stream()
                        .allMatch(one -> holds(one, document.id(), resource, extractors)))
            .isPresent();
  }

  private static boolean holds(
      Condition condition, DocId id, JsonNode resource, Extractors extractors) {
    return switch (condition) {
      case Condition.Has(var parameter, var spans) ->
          extractors.of(parameter.resourceType()).terms(parameter, resource).stream()
              .anyMatch(term -> spans.stream().anyMatch(span -> span.contains(term)));
      case Condition.Not(Condition inner) -> !holds(inner, id, resource, extractors);
      case Condition.AnyOf(List<Condition> some) ->
          some.stream().anyMatch(one -> holds(one, id, resource, extractors));
      case Condition.AllOf(List<Condition> all) ->
          all.stream().allMatch(one -> holds(one, id, resource, extractors));
      case Condition.Says says -> throw new IllegalArgumentException("canTell says no");
      case Condition.WithId(var ids) ->
          ids.contains(id.text().substring(id.text().indexOf('/') + 1));
      case Condition.RefersTo chain -> throw new IllegalArgumentException("canTell says no");
      case Condition.ReferredBy chain -> throw new IllegalArgumentException("canTell says no");
    };
  }
}
