package org.skerry.fhir.search.execute;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.skerry.document.DocId;
import org.skerry.fhir.search.definition.SearchParameter;
import org.skerry.fhir.search.definition.SearchParameters;
import org.skerry.fhir.search.extract.Term;
import org.skerry.fhir.search.extract.TypeExtractor;
import org.skerry.fhir.search.extract.WordRun;
import org.skerry.fhir.search.query.Condition;
import org.skerry.fhir.search.rows.RowReading;
import org.skerry.fhir.search.rows.Span;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** Decides for each condition how it is used, by how many rows stand for it. */
final class Planner {
  /** To ask a document takes as long as to read so many rows. */
  private static final long ROWS_A_DOCUMENT = 30;

  /** What a client looks at, as a rule. */
  private static final long PAGE = 50;

  private static final int MOST_KEYS = 16;
  private static final int MOST_STREAMS = 64;

  private final SearchParameters parameters;
  private final RowReading rows;
  private final Resources resources;
  private final PlanLimits limits;

  Planner(SearchParameters parameters, RowReading rows, Resources resources, PlanLimits limits) {
    this.limits = limits;
    this.parameters = parameters;
    this.rows = rows;
    this.resources = resources;
  }

  /** How much of what is planned will be looked at. */
  enum Reach {
    PAGE,
    ALL
  }

  /** The resources of a type of which all conditions hold. */
  Conjunction plan(String type, List<Condition> conditions, Reach reach) {
    List<Access> wanted = new ArrayList<>();
    List<Access> unwanted = new ArrayList<>();
    for (Condition condition : conditions) {
      part(type, condition, wanted, unwanted);
    }
    wanted.sort(Comparator.comparingLong(Access::estimate));
    return combine(type, wanted, unwanted, reach);
  }

  private void part(String type, Condition condition, List<Access> wanted, List<Access> unwanted) {
    switch (condition) {
      case Condition.AllOf(List<Condition> all) ->
          all.forEach(one -> part(type, one, wanted, unwanted));
      case Condition.Not(Condition inner) -> unwanted.add(access(type, inner));
      default -> wanted.add(access(type, condition));
    }
  }

  private Conjunction combine(
      String type, List<Access> wanted, List<Access> unwanted, Reach reach) {
    List<DocumentStream> streams = new ArrayList<>();
    List<DocumentStream> without = new ArrayList<>();
    List<Predicate<DocId>> checks = new ArrayList<>();
    boolean walk = reach == Reach.PAGE && isWorthWalking(type, wanted);
    long candidates =
        wanted.stream()
            .filter(one -> !(one instanceof Access.Checked))
            .mapToLong(Access::estimate)
            .min()
            .orElseGet(() -> count(type));
    boolean exact = wanted.size() + unwanted.size() <= 1 && unwanted.isEmpty();
    for (Access access : wanted) {
      switch (access) {
        case Access.Streamed streamed -> {
          streams.add(streamed.stream());
          exact &= streamed.exact();
        }
        case Access.Sortable some when !walk && isWorthSorting(some, candidates) -> {
          streams.add(some.sort().get());
          exact = false;
        }
        case Access.Sortable some -> checks.add(some.check());
        case Access.Checked checked -> checks.add(checked.check());
      }
    }
    for (Access access : unwanted) {
      switch (access) {
        case Access.Streamed streamed -> without.add(streamed.stream());
        case Access.Sortable some when isWorthSorting(some, candidates) ->
            without.add(some.sort().get());
        case Access.Sortable some -> checks.add(some.check().negate());
        case Access.Checked checked -> checks.add(checked.check().negate());
      }
    }
    if (streams.isEmpty()) {
      streams.add(all(type));
    }
    return new Conjunction(streams, without, checks, candidates, exact && checks.isEmpty());
  }

  /**
   * Whether to go through all resources of the type, and ask each, fills a page sooner than to read
   * the rows of the best condition.
   */
  private boolean isWorthWalking(String type, List<Access> wanted) {
    if (wanted.isEmpty() || wanted.stream().anyMatch(Access.Streamed.class::isInstance)) {
      return false;
    }
    long rowsToRead = wanted.getFirst().estimate();
    long resourcesToAsk = PAGE * count(type) / Math.max(1, rowsToRead);
    return resourcesToAsk * ROWS_A_DOCUMENT < rowsToRead;
  }

  private static boolean isWorthSorting(Access.Sortable some, long candidates) {
    return some.estimate() <= candidates * ROWS_A_DOCUMENT;
  }

  private long count(String type) {
    return rows.resources(parameters.get(type, "_id"));
  }

  private DocumentStream all(String type) {
    Span span = Span.of(parameters.get(type, "_id"), TypeExtractor.PRESENT.key().get(0));
    return new KeyStream(rows, span.from(), span);
  }

  private Access access(String type, Condition condition) {
    return switch (condition) {
      case Condition.Has has -> having(has);
      case Condition.WithId(Set<String> ids) -> among(type, ids);
      case Condition.AnyOf(List<Condition> some) ->
          any(some.stream().map(one -> access(type, one)).toList());
      case Condition.AllOf(List<Condition> all) -> together(type, all);
      case Condition.Says(SearchParameter parameter, WordRun run) ->
          new Access.Checked(id -> resources.says(id, parameter, run), count(type));
      case Condition.Not(Condition inner) -> negated(type, access(type, inner));
      case Condition.RefersTo refers -> referring(refers);
      case Condition.ReferredBy referred -> referredTo(type, referred);
    };
  }

  private Access.Checked negated(String type, Access inner) {
    return new Access.Checked(check(inner).negate(), count(type));
  }

  private static Predicate<DocId> check(Access access) {
    return switch (access) {
      case Access.Streamed streamed -> streamed.stream()::has;
      case Access.Sortable some -> some.check();
      case Access.Checked checked -> checked.check();
    };
  }

  private static Access any(List<Access> some) {
    long estimate = some.stream().mapToLong(Access::estimate).sum();
    if (some.stream().allMatch(Access.Streamed.class::isInstance)) {
      return new Access.Streamed(
          new UnionStream(some.stream().map(one -> ((Access.Streamed) one).stream()).toList()),
          estimate,
          false);
    }
    Predicate<DocId> check = some.stream().map(Planner::check).reduce(id -> false, Predicate::or);
    return new Access.Checked(check, estimate);
  }

  /** Several as one of the ways in which something can hold. */
  private Access together(String type, List<Condition> all) {
    Conjunction plan = plan(type, all, Reach.ALL);
    return plan.estimate() < count(type)
        ? new Access.Streamed(plan, plan.estimate(), plan.exact())
        : new Access.Checked(plan::has, plan.estimate());
  }

  private Access having(Condition.Has has) {
    long count = has.spans().stream().mapToLong(rows::count).sum();
    if (count <= limits.few()) {
      IdStream sorted = sort(has.spans());
      return new Access.Streamed(sorted, sorted.size(), true);
    }
    Optional<Access> keyed = keyed(has, count);
    if (keyed.isPresent()) {
      return keyed.get();
    }
    Predicate<DocId> check =
        id ->
            resources.terms(id, has.parameter()).stream()
                .anyMatch(term -> has.spans().stream().anyMatch(span -> span.contains(term)));
    return count <= limits.most()
        ? new Access.Sortable(() -> sort(has.spans()), check, count)
        : new Access.Checked(check, count);
  }

  private IdStream sort(List<Span> spans) {
    Set<DocId> found = new HashSet<>();
    spans.forEach(
        span ->
            rows.documents(
                span,
                id -> {
                  found.add(id);
                  return true;
                }));
    return new IdStream(found);
  }

  private Optional<Access> keyed(Condition.Has has, long count) {
    List<DocumentStream> streams = new ArrayList<>();
    for (Span span : has.spans()) {
      Optional<List<ArrayNode>> keys = rows.keys(span, MOST_KEYS);
      if (keys.isEmpty() || streams.size() + keys.get().size() > MOST_STREAMS) {
        return Optional.empty();
      }
      keys.get().forEach(key -> streams.add(new KeyStream(rows, key, span)));
    }
    if (streams.size() == 1) {
      // Strings of one folded text may be several originals, and so several rows a document.
      boolean exact = has.spans().getFirst().filter().isEmpty() && has.parameter().isOneRowAKey();
      return Optional.of(new Access.Streamed(streams.getFirst(), count, exact));
    }
    return Optional.of(new Access.Streamed(new UnionStream(streams), count, false));
  }

  private Access among(String type, Set<String> ids) {
    DocumentStream all = all(type);
    List<DocId> there =
        ids.stream()
            .map(id -> type + "/" + id)
            .filter(id -> id.length() <= DocId.MAX_BYTES)
            .map(DocId::of)
            .filter(all::has)
            .toList();
    return new Access.Streamed(new IdStream(there), there.size(), true);
  }

  /** As far as there are no more than so many. */
  private Optional<List<DocId>> collect(DocumentStream stream) {
    List<DocId> found = new ArrayList<>();
    Optional<DocId> next = stream.advance(Optional.empty());
    while (next.isPresent()) {
      if (found.size() == limits.ends()) {
        return Optional.empty();
      }
      found.add(next.get());
      next = stream.advance(Optional.of(DocumentStream.behind(next.get())));
    }
    return Optional.of(found);
  }

  private Access referring(Condition.RefersTo refers) {
    Conjunction targets = plan(refers.type(), List.of(refers.target()), Reach.ALL);
    SearchParameter reference = refers.reference();
    JsonNode type = Term.text(refers.type());
    Optional<List<DocId>> few = collect(targets);
    if (few.isPresent()) {
      List<Span> spans =
          few.get().stream().map(id -> Span.of(reference, Term.text(logical(id)), type)).toList();
      return having(new Condition.Has(reference, spans));
    }
    return new Access.Checked(
        id ->
            resources.terms(id, reference).stream()
                .flatMap(term -> local(term, refers.type()).stream())
                .anyMatch(targets::has),
        rows.count(Span.main(reference)));
  }

  private static String logical(DocId id) {
    return id.text().substring(id.text().indexOf('/') + 1);
  }

  /** The document of that type to which a reference's term refers, if it does. */
  static Optional<DocId> local(Term term, String type) {
    return term.isMain() && term.key().get(1).stringValue().equals(type)
        ? Optional.of(DocId.of(type + "/" + term.key().get(0).stringValue()))
        : Optional.empty();
  }

  private Access referredTo(String type, Condition.ReferredBy referred) {
    SearchParameter reference = referred.reference();
    Conjunction sources = plan(reference.resourceType(), List.of(referred.source()), Reach.ALL);
    Optional<List<DocId>> few = collect(sources);
    if (few.isPresent()) {
      DocumentStream all = all(type);
      Set<DocId> targets = new HashSet<>();
      for (DocId source : few.get()) {
        resources
            .terms(source, reference)
            .forEach(term -> local(term, type).filter(all::has).ifPresent(targets::add));
      }
      return new Access.Streamed(new IdStream(targets), targets.size(), true);
    }
    return new Access.Checked(
        id -> {
          boolean[] found = {false};
          rows.documents(
              Span.of(reference, Term.text(logical(id)), Term.text(type)),
              source -> {
                found[0] = sources.has(source);
                return !found[0];
              });
          return found[0];
        },
        count(type));
  }
}
