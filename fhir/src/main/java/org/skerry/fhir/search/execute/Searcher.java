package org.skerry.fhir.search.execute;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Predicate;
import org.skerry.document.DocId;
import org.skerry.fhir.search.definition.SearchParameters;
import org.skerry.fhir.search.extract.Extractors;
import org.skerry.fhir.search.query.SearchQuery;
import org.skerry.fhir.search.query.SearchQuery.SortKey;
import org.skerry.fhir.search.query.SearchQuery.Total;
import org.skerry.fhir.search.rows.RowReading;
import org.skerry.fhir.search.rows.Span;
import org.skerry.store.DocumentStore;
import org.skerry.store.Fields;
import org.skerry.store.StoredDocument;

/** Answers one query, on types that are searched in their order; from one moment of the index. */
public final class Searcher {
  /** Up to so many it is counted though nobody asked. */
  private static final long CHEAPLY_COUNTED = 2_000;

  /** What it costs to ask whether a row's resource is meant, and to read the resource. */
  private static final long ROW_COST = 8;

  private static final long READING_COST = 40;

  private final RowReading rows;
  private final DocumentStore store;
  private final SearchParameters parameters;
  private final Resources resources;
  private final Planner planner;
  private final PlanLimits limits;

  public Searcher(
      RowReading rows, DocumentStore store, SearchParameters parameters, Extractors extractors) {
    this(rows, store, parameters, extractors, PlanLimits.USUAL);
  }

  Searcher(
      RowReading rows,
      DocumentStore store,
      SearchParameters parameters,
      Extractors extractors,
      PlanLimits limits) {
    this.limits = limits;
    this.rows = rows;
    this.store = store;
    this.parameters = parameters;
    this.resources = new Resources(store, extractors);
    this.planner = new Planner(parameters, rows, resources, limits);
  }

  /** One page of an answer. The queries are one, read for several types. */
  public SearchPage search(List<SearchQuery> queries) {
    SearchQuery any = queries.getFirst();
    List<DocumentStream> streams = new ArrayList<>();
    List<Conjunction> plans = new ArrayList<>();
    for (SearchQuery query : queries) {
      Conjunction plan = planner.plan(query.type(), query.conditions(), reach(query));
      plans.add(plan);
      streams.add(plan);
    }
    DocumentStream meant = streams.size() == 1 ? streams.getFirst() : new UnionStream(streams);
    Order order = new Order(any.order(), parameters, resources);
    Optional<Cursor> after =
        any.cursor().map(text -> Cursor.decode(text, order.isById() ? 0 : order.keys().size()));
    OptionalLong total = total(any.total(), plans, meant, after);
    if (any.count() == 0) {
      return new SearchPage(List.of(), List.of(), total, Optional.empty(), false);
    }
    List<Order.Place> places = places(plans, meant, order, after, any.count() + 1);
    return page(places, queries, order, after, total);
  }

  private static Planner.Reach reach(SearchQuery query) {
    boolean counted = query.total() == Total.ACCURATE && query.cursor().isEmpty();
    return counted || query.count() == 0 || !query.order().isEmpty()
        ? Planner.Reach.ALL
        : Planner.Reach.PAGE;
  }

  /** The ids of what is found, as far as there are no more than so many. */
  public List<DocId> ids(SearchQuery query, int most) {
    Conjunction plan = planner.plan(query.type(), query.conditions(), Planner.Reach.PAGE);
    List<DocId> found = new ArrayList<>();
    Optional<DocId> next = plan.advance(Optional.empty());
    while (next.isPresent() && found.size() < most) {
      found.add(next.get());
      next = plan.advance(Optional.of(DocumentStream.behind(next.get())));
    }
    return found;
  }

  private List<Order.Place> places(
      List<Conjunction> plans,
      DocumentStream meant,
      Order order,
      Optional<Cursor> after,
      int limit) {
    Predicate<DocId> visible = after.map(this::existedAt).orElse(id -> true);
    if (order.isById()) {
      List<Order.Place> places = new ArrayList<>();
      Optional<DocId> next = meant.advance(after.flatMap(Cursor::behind));
      while (next.isPresent() && places.size() < limit) {
        if (visible.test(next.get())) {
          places.add(new Order.Place(next.get(), List.of()));
        }
        next = meant.advance(Optional.of(DocumentStream.behind(next.get())));
      }
      return places;
    }
    if (plans.size() == 1 && order.keys().size() == 1) {
      Conjunction plan = plans.getFirst();
      SortKey key = order.keys().getFirst();
      long expected = expectedRows(plan, key, limit);
      if (isWorthWalking(plan, key, expected)) {
        Predicate<DocId> member = member(plan, expected);
        return new SortedWalk(rows, resources, key, plan, member.and(visible), limits)
            .next(after, limit);
      }
    }
    return least(meant, order, after, visible, limit);
  }

  /** How many of the order's rows are walked through until a page is full. */
  private long expectedRows(Conjunction plan, SortKey key, int limit) {
    long all = rows.count(Span.main(key.parameter()));
    return Math.min(all, limit * Math.max(1, all / Math.max(1, plan.estimate())));
  }

  private static boolean isWorthWalking(Conjunction plan, SortKey key, long expected) {
    return !key.parameter().code().equals("_id")
        && expected * (plan.reads() ? READING_COST : ROW_COST) < plan.estimate() * READING_COST;
  }

  /** To ask an index of a few documents, again and again, is dearer than to remember them. */
  private Predicate<DocId> member(Conjunction plan, long expected) {
    if (plan.reads() || plan.estimate() > Math.min(limits.most(), 2 * expected)) {
      return plan::has;
    }
    Set<DocId> all = new HashSet<>();
    Optional<DocId> next = plan.advance(Optional.empty());
    while (next.isPresent()) {
      all.add(next.get());
      next = plan.advance(Optional.of(DocumentStream.behind(next.get())));
    }
    return all::contains;
  }

  /** The first ones behind the cursor among all that are meant; no more than those are held. */
  private static List<Order.Place> least(
      DocumentStream meant,
      Order order,
      Optional<Cursor> after,
      Predicate<DocId> visible,
      int limit) {
    Optional<Order.Place> last = after.map(one -> new Order.Place(one.id(), one.keys()));
    PriorityQueue<Order.Place> least = new PriorityQueue<>(order.reversed());
    Optional<DocId> next = meant.advance(Optional.empty());
    while (next.isPresent()) {
      Order.Place place = order.place(next.get());
      if ((last.isEmpty() || order.compare(place, last.get()) > 0) && visible.test(place.id())) {
        least.add(place);
        if (least.size() > limit) {
          least.remove();
        }
      }
      next = meant.advance(Optional.of(DocumentStream.behind(next.get())));
    }
    List<Order.Place> sorted = new ArrayList<>(least);
    sorted.sort(order);
    return sorted;
  }

  /**
   * What was created since the first page was answered is on none of those that follow, so that
   * they name the same. Whatever was changed stays: nobody is to miss it.
   */
  private Predicate<DocId> existedAt(Cursor first) {
    if (rows.seq() == first.seq()) {
      return id -> true;
    }
    return id -> {
      boolean[] there = {false};
      store.load(
          List.of(id),
          Fields.LEAVES,
          document -> {
            there[0] =
                document.seq().number() <= first.seq() || document.winner().rev().generation() > 1;
            return true;
          });
      return there[0];
    };
  }

  private OptionalLong total(
      Total wanted, List<Conjunction> plans, DocumentStream meant, Optional<Cursor> after) {
    if (after.isPresent()) {
      return after.get().total();
    }
    long estimate = plans.stream().mapToLong(Conjunction::estimate).sum();
    boolean exact = plans.stream().allMatch(Conjunction::exact);
    boolean reads = plans.stream().anyMatch(Conjunction::reads);
    return switch (wanted) {
      case NONE -> OptionalLong.empty();
      case ESTIMATE -> OptionalLong.of(estimate);
      case UNSAID ->
          exact
              ? OptionalLong.of(estimate)
              : estimate <= CHEAPLY_COUNTED && !reads
                  ? OptionalLong.of(count(meant))
                  : OptionalLong.empty();
      case ACCURATE -> OptionalLong.of(exact ? estimate : count(meant));
    };
  }

  private static long count(DocumentStream stream) {
    long count = 0;
    Optional<DocId> next = stream.advance(Optional.empty());
    while (next.isPresent()) {
      count++;
      next = stream.advance(Optional.of(DocumentStream.behind(next.get())));
    }
    return count;
  }

  private SearchPage page(
      List<Order.Place> places,
      List<SearchQuery> queries,
      Order order,
      Optional<Cursor> after,
      OptionalLong counted) {
    SearchQuery any = queries.getFirst();
    boolean more = places.size() > any.count();
    List<Order.Place> shown = more ? places.subList(0, any.count()) : places;
    OptionalLong total =
        after.isEmpty() && !more && any.total() == Total.UNSAID
            ? OptionalLong.of(shown.size())
            : counted;
    List<StoredDocument> matches = resources.load(shown.stream().map(Order.Place::id).toList());
    Includer includer = new Includer(rows, resources);
    queries.forEach(query -> includer.follow(matches, query.includes()));
    Optional<String> next =
        more
            ? Optional.of(
                new Cursor(
                        after.map(Cursor::seq).orElseGet(rows::seq),
                        shown.getLast().id(),
                        order.isById() ? List.of() : shown.getLast().terms(),
                        total)
                    .encode())
            : Optional.empty();
    return new SearchPage(matches, includer.included(), total, next, includer.isTruncated());
  }
}
