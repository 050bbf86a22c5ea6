package org.skerry.mango;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.skerry.mango.Plan.Reason;
import org.skerry.mango.Plan.Rejection;

/**
 * Chooses an index for a query as CouchDB does ({@code mango_cursor:create}, {@code
 * mango_idx:get_usable_indexes}), in rounds; what falls out of a round ranks behind what is left:
 *
 * <ol>
 *   <li>partial indexes fall out, unless the client names them;
 *   <li>indexes for partitions fall out;
 *   <li>those fall out that may lack a matching document, or are not sorted as wanted;
 *   <li>when the client names usable ones, the others fall out;
 *   <li>the special index falls out when there are JSON indexes;
 *   <li>of those the best wins: whose first columns are restricted by most of the conditions, then
 *       with the fewest columns, then the first by the design document's and its own name.
 * </ol>
 */
final class Planner {
  private static final Set<String> ALWAYS_THERE = Set.of("_id", "_rev");

  private final FindRequest request;
  private final NormalSelector selector;

  private Planner(FindRequest request) {
    this.request = request;
    this.selector = request.normal();
  }

  /**
   * Plans a query that is to be answered; nobody asks then why the other indexes were not chosen.
   *
   * @param indexes all there are, with the special one
   * @throws MangoException when none can serve, or none that the client allows
   */
  static Plan plan(FindRequest request, List<MangoIndex> indexes) {
    List<Candidate> candidates = new Planner(request).candidates(new Rounds(indexes));
    if (candidates.isEmpty()) {
      throw MangoException.bad(
          "no_usable_index", "No index exists for this sort, try indexing by the sort fields.");
    }
    Candidate best = Collections.min(candidates, Candidate.BEST);
    return new Plan(request, Optional.of(best.index()), best.ranges(), List.of());
  }

  /**
   * Plans a query that is only explained.
   *
   * @throws MangoException when the client allows none that can serve
   */
  static Plan explain(FindRequest request, List<MangoIndex> indexes) {
    Planner planner = new Planner(request);
    Rounds rounds = new Rounds(indexes.stream().sorted().toList());
    List<Candidate> ranked = planner.candidates(rounds).stream().sorted(Candidate.BEST).toList();
    Optional<Candidate> best = ranked.stream().findFirst();
    return new Plan(
        request,
        best.map(Candidate::index),
        best.map(Candidate::ranges).orElse(List.of()),
        rounds.rejections(ranked));
  }

  /** Plays the rounds but the last, whose candidates are returned. */
  private List<Candidate> candidates(Rounds rounds) {
    rounds.keep(this::isGlobalOrNamed, false, i -> Reason.IS_PARTIAL);
    rounds.keep(index -> !isPartitioned(index), false, i -> Reason.SCOPE_MISMATCH);
    List<MangoIndex> usable =
        rounds.keep(index -> mismatch(index).isEmpty(), false, i -> mismatch(i).orElseThrow());
    boolean named = contains(usable, this::isNamed);
    checkFallback(usable, named);
    if (usable.isEmpty()) {
      return List.of();
    }
    if (named) {
      rounds.keep(this::isNamed, true, i -> Reason.EXCLUDED_BY_USER);
    }
    boolean json = contains(rounds.left(), MangoIndex.Json.class::isInstance);
    rounds.keep(
        index -> index instanceof MangoIndex.Json == json, true, i -> Reason.UNFAVORED_TYPE);
    List<String> restricted = restricted();
    List<Candidate> candidates = new ArrayList<>(rounds.left().size());
    for (MangoIndex index : rounds.left()) {
      candidates.add(candidate(index, selector.terms(), restricted));
    }
    return candidates;
  }

  private static boolean contains(List<MangoIndex> indexes, Predicate<MangoIndex> wanted) {
    for (MangoIndex index : indexes) {
      if (wanted.test(index)) {
        return true;
      }
    }
    return false;
  }

  private boolean isNamed(MangoIndex index) {
    return request.useIndex().filter(wanted -> wanted.means(index)).isPresent();
  }

  private boolean isGlobalOrNamed(MangoIndex index) {
    return isNamed(index)
        || !(index instanceof MangoIndex.Json json)
        || json.definition().filterJson().isEmpty();
  }

  private static boolean isPartitioned(MangoIndex index) {
    return index instanceof MangoIndex.Json json && json.partitioned();
  }

  private void checkFallback(List<MangoIndex> usable, boolean named) {
    boolean better = request.useIndex().isEmpty() && usable.size() > 1;
    if (!named && !request.allowFallback() && !better) {
      throw MangoException.bad(
          "invalid_index", request.useIndex().map(Warnings::unsuitable).orElse(Warnings.NAME_ONE));
    }
  }

  /** Why an index cannot serve, if it cannot. */
  private Optional<Reason> mismatch(MangoIndex index) {
    List<String> sorted = request.sort().names();
    boolean complete =
        switch (index) {
          case MangoIndex.AllDocs _ ->
              sorted.isEmpty() || selector.indexableFields().contains("_id");
          case MangoIndex.Json json -> isComplete(json);
        };
    if (!complete) {
      return Optional.of(Reason.FIELD_MISMATCH);
    }
    boolean inOrder =
        switch (index) {
          case MangoIndex.AllDocs _ -> request.sort().isPrefixOf(index.columns());
          case MangoIndex.Json json -> isSorted(json.columns());
        };
    return inOrder ? Optional.empty() : Optional.of(Reason.SORT_ORDER_MISMATCH);
  }

  /** Whether every matching document is in it; what is sorted by must be there anyway. */
  private boolean isComplete(MangoIndex.Json index) {
    Set<String> required = new HashSet<>(index.columns());
    request.sort().names().forEach(required::remove);
    required.removeAll(ALWAYS_THERE);
    return selector.requires(required);
  }

  /** Whether it is sorted as wanted, behind columns that have the same value in all rows. */
  private boolean isSorted(List<String> columns) {
    Sort sort = request.sort();
    if (sort.names().isEmpty()) {
      return true;
    }
    for (int i = 0; i < columns.size(); i++) {
      String column = columns.get(i);
      if (column.equals(sort.names().getFirst())) {
        return sort.isPrefixOf(columns.subList(i, columns.size()));
      }
      if (!selector.isConstant(column)) {
        return false;
      }
    }
    return false;
  }

  private static Candidate candidate(
      MangoIndex index, List<NormalSelector.Term> terms, List<String> fields) {
    List<FieldRange> ranges = new ArrayList<>();
    for (String column : index.columns()) {
      if (!fields.contains(column)) {
        break;
      }
      ranges.add(FieldRange.of(column, terms));
    }
    return new Candidate(index, ranges, fields.size() - ranges.size());
  }

  /** The members with conditions that an index can serve; one that cannot be met counts alone. */
  private List<String> restricted() {
    List<String> fields = List.copyOf(selector.indexableFields());
    for (String field : fields) {
      if (FieldRange.of(field, selector.terms()).empty()) {
        return List.of(field);
      }
    }
    return fields;
  }

  /**
   * A JSON index in the last round.
   *
   * @param unserved how many restricted members its first columns do not serve
   */
  private record Candidate(MangoIndex index, List<FieldRange> ranges, int unserved) {
    static final Comparator<Candidate> BEST =
        Comparator.comparingInt(Candidate::unserved)
            .thenComparingInt(Candidate::width)
            .thenComparing(Candidate::index);

    int width() {
      return index.columns().size();
    }

    Reason reason(Candidate winner) {
      if (unserved > 0) {
        return Reason.LESS_OVERLAP;
      }
      return width() > winner.width() ? Reason.TOO_MANY_FIELDS : Reason.ALPHABETICALLY_COMES_AFTER;
    }
  }

  /** The rounds so far: who is left, and who fell out when; why is found out when it is asked. */
  private static final class Rounds {
    private final List<List<Fallen>> rounds = new ArrayList<>();
    private List<MangoIndex> left;

    Rounds(List<MangoIndex> all) {
      this.left = all;
    }

    private record Fallen(MangoIndex index, boolean usable, Function<MangoIndex, Reason> reason) {}

    List<MangoIndex> left() {
      return left;
    }

    List<MangoIndex> keep(
        Predicate<MangoIndex> stays, boolean usable, Function<MangoIndex, Reason> reason) {
      List<MangoIndex> kept = new ArrayList<>(left.size());
      List<Fallen> fallen = new ArrayList<>(0);
      for (MangoIndex index : left) {
        if (stays.test(index)) {
          kept.add(index);
        } else {
          fallen.add(new Fallen(index, usable, reason));
        }
      }
      rounds.add(fallen);
      left = kept;
      return left;
    }

    /** All but the winner; those of one round before the last share a rank. Last names first. */
    List<Rejection> rejections(List<Candidate> ranked) {
      List<Rejection> rejections = new ArrayList<>();
      for (int i = 1; i < ranked.size(); i++) {
        Candidate candidate = ranked.get(i);
        rejections.add(
            new Rejection(candidate.index(), true, candidate.reason(ranked.getFirst()), i));
      }
      int rank = Math.max(1, ranked.size());
      for (List<Fallen> round : rounds.reversed()) {
        for (Fallen out : round) {
          rejections.add(new Rejection(out.index, out.usable, out.reason.apply(out.index), rank));
        }
        rank += round.isEmpty() ? 0 : 1;
      }
      rejections.sort(Comparator.comparing(Rejection::index).reversed());
      return List.copyOf(rejections);
    }
  }
}
