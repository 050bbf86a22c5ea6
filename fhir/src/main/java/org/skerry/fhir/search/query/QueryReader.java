package org.skerry.fhir.search.query;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.skerry.fhir.search.definition.ParameterType;
import org.skerry.fhir.search.definition.SearchParameter;
import org.skerry.fhir.search.definition.SearchParameters;
import org.skerry.fhir.search.query.SearchQuery.Total;

/** Reads whole queries. Immutable. */
public final class QueryReader {
  /** The parameter by which a page's link says where it begins. */
  public static final String CURSOR = "_cursor";

  /** Begins what is ignored of an order. */
  private static final String ORDER = "_sort=";

  private static final int DEFAULT_COUNT = 50;
  private static final int MAX_COUNT = 1_000;
  private static final int MAX_PARAMETERS = 200;
  private static final int MAX_SORT_KEYS = 20;

  /** How an answer is written is not the search's business. */
  private static final Set<String> OF_OTHERS =
      Set.of("_format", "_pretty", "_summary", "_elements", "_type");

  /** What would change what is found, and is not done here: to ignore it would be to lie. */
  private static final Set<String> REFUSED = Set.of("_list", "_query", "_containedType");

  private final SearchParameters parameters;
  private final ConditionReader conditions;
  private final FilterConditions filters;
  private final IncludeReader includes;
  private final boolean strict;
  private final Optional<String> base;
  private final InstantSource clock;

  /**
   * Reads queries for one server.
   *
   * @param base under which URL clients know it, if that is known
   * @param strict whether parameters that are not known are refused, and not ignored
   */
  public QueryReader(
      SearchParameters parameters, Optional<String> base, InstantSource clock, boolean strict) {
    this(parameters, base, clock, strict, Terminology.NONE);
  }

  private QueryReader(
      SearchParameters parameters,
      Optional<String> base,
      InstantSource clock,
      boolean strict,
      Terminology terminology) {
    this.parameters = parameters;
    this.base = base;
    this.clock = clock;
    ParameterValues values = new ParameterValues(base, clock, terminology);
    this.conditions = new ConditionReader(parameters, values);
    this.filters = new FilterConditions(parameters, values);
    this.includes = new IncludeReader(parameters);
    this.strict = strict;
  }

  /** Whether what was ignored is part of an order. */
  public static boolean isOrder(String ignored) {
    return ignored.startsWith(ORDER);
  }

  /** The same, which knows value sets and code systems. */
  public QueryReader with(Terminology terminology) {
    return new QueryReader(parameters, base, clock, strict, terminology);
  }

  /** Whether a query may look for words, whose index is not there before somebody does. */
  public static boolean mayAskWords(List<QueryParameter> query) {
    return query.stream()
        .map(one -> one.name().equals(FilterConditions.NAME) ? one.value() : one.name())
        .anyMatch(
            text -> text.contains(SearchParameter.TEXT) || text.contains(SearchParameter.CONTENT));
  }

  /** What is gathered while reading. */
  private static final class Gathered {
    private final List<Condition> conditions = new ArrayList<>();
    private final List<SearchQuery.SortKey> order = new ArrayList<>();
    private final List<SearchQuery.Include> includes = new ArrayList<>();
    private final List<QueryParameter> used = new ArrayList<>();
    private final List<String> ignored = new ArrayList<>();
    private int count = DEFAULT_COUNT;
    private Total total = Total.UNSAID;
    private Optional<String> cursor = Optional.empty();
  }

  /**
   * Reads a query for resources of a type.
   *
   * @throws BadSearchException when it cannot be answered
   */
  public SearchQuery read(String type, List<QueryParameter> query) {
    if (!parameters.isType(type)) {
      throw BadSearchException.invalid("there is no type of resource " + type);
    }
    if (query.size() > MAX_PARAMETERS) {
      throw BadSearchException.tooCostly("more than " + MAX_PARAMETERS + " parameters");
    }
    Gathered gathered = new Gathered();
    for (QueryParameter one : query) {
      if (one.value().isEmpty() || OF_OTHERS.contains(one.name())) {
        continue;
      }
      if (read(type, one, gathered)) {
        gathered.used.add(one);
      } else if (strict) {
        throw BadSearchException.invalid(
            type + " has no search parameter " + one.name() + ", and handling is strict");
      } else {
        gathered.ignored.add(one.name());
      }
    }
    return new SearchQuery(
        type,
        gathered.conditions,
        gathered.order,
        gathered.count,
        gathered.total,
        gathered.includes,
        gathered.cursor,
        gathered.used,
        gathered.ignored);
  }

  private boolean read(String type, QueryParameter one, Gathered into) {
    String name = one.name();
    int colon = name.indexOf(':');
    switch (colon < 0 ? name : name.substring(0, colon)) {
      case "_count" -> into.count = count(one.value());
      case "_total" -> into.total = total(one.value());
      case "_sort" -> into.order.addAll(order(type, one.value(), into));
      case "_include", "_revinclude" -> into.includes.add(includes.read(type, name, one.value()));
      case CURSOR -> into.cursor = Optional.of(one.value());
      case FilterConditions.NAME -> {
        if (colon >= 0) {
          throw BadSearchException.unsupported(name + ": a filter has no modifiers");
        }
        into.conditions.add(filters.read(type, one.value()));
      }
      case "_contained" -> {
        if (!one.value().equals("false")) {
          throw BadSearchException.unsupported("contained resources are not searched");
        }
      }
      default -> {
        if (REFUSED.contains(name)) {
          throw BadSearchException.unsupported("the parameter " + name + " is not supported");
        }
        Optional<Condition> condition = conditions.read(type, name, one.value());
        condition.ifPresent(into.conditions::add);
        return condition.isPresent();
      }
    }
    return true;
  }

  private static int count(String value) {
    try {
      int count = Integer.parseInt(value);
      if (count >= 0) {
        return Math.min(count, MAX_COUNT);
      }
    } catch (NumberFormatException e) {
      // It is refused below.
    }
    throw BadSearchException.invalid("_count is a number from 0, and not " + value);
  }

  private static Total total(String value) {
    return switch (value) {
      case "none" -> Total.NONE;
      case "estimate" -> Total.ESTIMATE;
      case "accurate" -> Total.ACCURATE;
      default ->
          throw BadSearchException.invalid(
              "_total is none, estimate or accurate, and not " + value);
    };
  }

  private List<SearchQuery.SortKey> order(String type, String value, Gathered into) {
    String[] parts = value.split(",", MAX_SORT_KEYS + 1);
    if (into.order.size() + parts.length > MAX_SORT_KEYS) {
      throw BadSearchException.tooCostly("an order of more than " + MAX_SORT_KEYS + " parts");
    }
    List<SearchQuery.SortKey> keys = new ArrayList<>();
    for (String part : parts) {
      boolean descending = part.startsWith("-");
      String code = descending ? part.substring(1) : part;
      Optional<SearchParameter> parameter =
          parameters
              .find(type, code)
              .filter(SearchParameter::isIndexed)
              .filter(one -> one.type() != ParameterType.COMPOSITE)
              .filter(one -> one.type() != ParameterType.SPECIAL);
      if (parameter.isPresent()) {
        keys.add(new SearchQuery.SortKey(parameter.get(), descending));
      } else if (strict) {
        throw BadSearchException.invalid(type + " cannot be sorted by " + code);
      } else {
        into.ignored.add(ORDER + part);
      }
    }
    return keys;
  }

  /** Whatever a resource of that type refers to. */
  public SearchQuery.Include allReferences(String type) {
    return includes.read(type, "_include", "*");
  }
}
