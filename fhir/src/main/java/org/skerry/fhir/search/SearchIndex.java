package org.skerry.fhir.search;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.skerry.database.Database;
import org.skerry.document.DocId;
import org.skerry.fhir.search.definition.Compartments;
import org.skerry.fhir.search.definition.SearchParameter;
import org.skerry.fhir.search.definition.SearchParameters;
import org.skerry.fhir.search.execute.Recent;
import org.skerry.fhir.search.execute.SearchPage;
import org.skerry.fhir.search.execute.Searcher;
import org.skerry.fhir.search.extract.Extractors;
import org.skerry.fhir.search.extract.References;
import org.skerry.fhir.search.extract.Term;
import org.skerry.fhir.search.query.BadSearchException;
import org.skerry.fhir.search.query.Condition;
import org.skerry.fhir.search.query.QueryParameter;
import org.skerry.fhir.search.query.QueryReader;
import org.skerry.fhir.search.query.SearchQuery;
import org.skerry.fhir.search.rows.RowReading;
import org.skerry.fhir.search.rows.Span;
import org.skerry.fhir.search.terminology.StoredTerminology;
import org.skerry.index.Index;
import org.skerry.store.Seq;
import org.skerry.store.ordered.DamagedException;

/**
 * The search index of one database. It catches up with the feed whenever it is asked, so that
 * everything is found that was acknowledged before. Any thread may call.
 */
public final class SearchIndex {
  private final Database database;
  private final FollowingIndex index;
  private final FollowingIndex words;
  private final SearchParameters parameters = SearchParameters.r4();
  private final Extractors extractors;
  private final Compartments compartments;
  private final InstantSource clock;

  SearchIndex(
      Database database,
      FollowingIndex index,
      FollowingIndex words,
      Extractors extractors,
      Compartments compartments,
      InstantSource clock) {
    this.database = database;
    this.index = index;
    this.words = words;
    this.extractors = extractors;
    this.compartments = compartments;
    this.clock = clock;
  }

  /**
   * One page of a search.
   *
   * @throws BadSearchException when the query cannot be answered
   */
  public SearchAnswer search(SearchRequest request) {
    QueryReader reader = new QueryReader(parameters, request.base(), clock, request.strict());
    return read(
        request.parameters(),
        rows -> {
          QueryReader knowing = reader.with(terminology(rows));
          List<SearchQuery> queries = new ArrayList<>();
          for (String type : types(request.types(), rows)) {
            within(request.compartment(), knowing.read(type, request.parameters()))
                .ifPresent(queries::add);
          }
          return answer(rows, queries);
        });
  }

  private List<String> types(List<String> asked, RowReading rows) {
    return asked.isEmpty()
        ? parameters.types().stream()
            .filter(type -> rows.resources(parameters.get(type, "_id")) > 0)
            .toList()
        : asked.stream().distinct().sorted().toList();
  }

  private SearchAnswer answer(RowReading rows, List<SearchQuery> queries) {
    if (queries.isEmpty()) {
      SearchPage nothing =
          new SearchPage(List.of(), List.of(), OptionalLong.of(0), Optional.empty(), false);
      return new SearchAnswer(nothing, List.of(), List.of());
    }
    Set<QueryParameter> used = new LinkedHashSet<>();
    Set<String> ignored = new LinkedHashSet<>(queries.getFirst().ignored());
    for (SearchQuery query : queries) {
      used.addAll(query.used());
      // The order is the first one's, whatever the others know of it.
      query.ignored().stream().filter(name -> !QueryReader.isOrder(name)).forEach(ignored::add);
    }
    SearchPage page = searcher(rows).search(queries);
    return new SearchAnswer(page, List.copyOf(used), List.copyOf(ignored));
  }

  private StoredTerminology terminology(RowReading rows) {
    return new StoredTerminology(rows, database.store(), parameters);
  }

  private Searcher searcher(RowReading rows) {
    return new Searcher(rows, database.store(), parameters, extractors);
  }

  /** The query, for what is in a compartment; none when nothing of its type can be. */
  private Optional<SearchQuery> within(Optional<String> compartment, SearchQuery query) {
    if (compartment.isEmpty()) {
      return Optional.of(query);
    }
    References.Target of =
        References.parse(compartment.get())
            .filter(target -> Compartments.isCompartment(target.type()))
            .orElseThrow(
                () ->
                    new BadSearchException(
                        BadSearchException.Kind.INVALID,
                        "there is no compartment of " + compartment.get()));
    List<Condition> ways = new ArrayList<>();
    for (SearchParameter parameter : compartments.members(of.type(), query.type())) {
      Span span = Span.of(parameter, Term.text(of.id()), Term.text(of.type()));
      ways.add(new Condition.Has(parameter, List.of(span)));
    }
    if (query.type().equals(of.type())) {
      ways.add(new Condition.WithId(new TreeSet<>(Set.of(of.id()))));
    }
    if (ways.isEmpty()) {
      return Optional.empty();
    }
    List<Condition> conditions = new ArrayList<>(query.conditions());
    conditions.add(new Condition.AnyOf(ways));
    return Optional.of(query.where(conditions));
  }

  /**
   * What a conditional interaction is about: the ids of the first resources that are found, no more
   * than so many. Parameters that are not known are refused, and there has to be a condition.
   *
   * @throws BadSearchException when the query cannot be answered
   */
  public List<DocId> matches(
      String type, List<QueryParameter> query, Optional<String> base, int most) {
    SearchQuery read = new QueryReader(parameters, base, clock, true).read(type, query);
    if (read.conditions().isEmpty()) {
      throw new BadSearchException(
          BadSearchException.Kind.INVALID, "a conditional interaction needs a condition");
    }
    return soon(read, most).orElseGet(() -> read(query, rows -> searcher(rows).ids(read, most)));
  }

  /** The same without waiting for the index, where little is missing in it. */
  private Optional<List<DocId>> soon(SearchQuery query, int most) {
    if (!Recent.canTell(query)) {
      return Optional.empty();
    }
    try {
      Index opened = index.asItIs();
      if (opened.purges() != database.store().totals().purges()) {
        return Optional.empty();
      }
      Seq known = opened.seq();
      try (RowReading rows = rows(opened)) {
        return Recent.after(known, database.store(), query, extractors)
            .map(recent -> matches(rows, query, most, recent));
      }
    } catch (DamagedException e) {
      // It was thrown away when it told, and is made anew by whoever waits for it.
      return Optional.empty();
    }
  }

  private List<DocId> matches(RowReading rows, SearchQuery query, int most, Recent recent) {
    Set<DocId> found = new TreeSet<>(recent.matching());
    for (DocId id : searcher(rows).ids(query, most + recent.changed().size())) {
      if (!recent.changed().contains(id)) {
        found.add(id);
      }
    }
    return found.stream().limit(most).toList();
  }

  /**
   * One page of everything in the compartment of a resource, itself included, with what the page's
   * resources refer to.
   *
   * @param types of these types; none are all
   */
  public SearchAnswer everything(String resource, List<String> types, List<QueryParameter> query) {
    QueryReader reader = new QueryReader(parameters, Optional.empty(), clock, true);
    return read(
        query,
        rows -> {
          List<SearchQuery> queries = new ArrayList<>();
          for (String type : types(types, rows)) {
            within(Optional.of(resource), reader.read(type, query))
                .map(found -> found.with(List.of(reader.allReferences(type))))
                .ifPresent(queries::add);
          }
          return answer(rows, queries);
        });
  }

  private <T> T read(List<QueryParameter> query, Function<RowReading, T> reader) {
    if (QueryReader.mayAskWords(query)) {
      // It may take long the first time, while nothing is held yet.
      words.upToDate();
    }
    try (RowReading rows = rows(index.upToDate())) {
      return reader.apply(rows);
    }
  }

  private RowReading rows(Index opened) {
    return new RowReading(opened.read(), () -> words.upToDate().read());
  }

  /** Brings the index up to date, and waits for it. */
  public void catchUp() {
    index.upToDate();
  }
}
