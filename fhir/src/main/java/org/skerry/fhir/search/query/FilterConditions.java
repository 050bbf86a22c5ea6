package org.skerry.fhir.search.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.skerry.fhir.search.definition.SearchParameter;
import org.skerry.fhir.search.definition.SearchParameters;
import org.skerry.fhir.search.grammar.Filter;
import org.skerry.fhir.search.grammar.FilterReader;
import org.skerry.fhir.search.grammar.GrammarException;

/**
 * Conditions that {@code _filter} asks for (http://hl7.org/fhir/R4/search_filter.html): those of
 * the search parameters that it names. A name that is not known is refused, whatever the handling
 * is: without its comparison something else would be found.
 */
final class FilterConditions {
  static final String NAME = "_filter";

  private static final int LONGEST = 8_000;

  /** As R4's examples call it. */
  private static final String ID = "id";

  private final SearchParameters parameters;
  private final FilterValues values;
  private final ReferenceConditions references;

  FilterConditions(SearchParameters parameters, ParameterValues values) {
    this.parameters = parameters;
    this.values = new FilterValues(values);
    this.references = new ReferenceConditions(parameters);
  }

  /** The condition on resources of a type. */
  Condition read(String type, String text) {
    if (text.length() > LONGEST) {
      throw BadSearchException.tooCostly(NAME + ": more than " + LONGEST + " characters");
    }
    try {
      return condition(type, FilterReader.read(text), 0);
    } catch (GrammarException e) {
      throw BadSearchException.invalid(String.valueOf(e.getMessage())).at(NAME, e.at());
    }
  }

  /**
   * What holds of resources of a type.
   *
   * @param links how many references lead to them
   */
  private Condition condition(String type, Filter filter, int links) {
    return switch (filter) {
      case Filter.All(List<Filter> parts) ->
          new Condition.AllOf(parts.stream().map(part -> condition(type, part, links)).toList());
      case Filter.Any(List<Filter> parts) ->
          new Condition.AnyOf(parts.stream().map(part -> condition(type, part, links)).toList());
      case Filter.Not(Filter part) -> new Condition.Not(condition(type, part, links));
      case Filter.Test test -> {
        try {
          yield compared(type, test.path(), test, links);
        } catch (BadSearchException e) {
          throw e.at(NAME, test.at());
        }
      }
    };
  }

  private Condition compared(String type, Filter.Path path, Filter.Test test, int links) {
    ReferenceConditions.checkDepth(links);
    if (path.name().startsWith(ReferenceConditions.HAS)) {
      return references.reverse(
          type,
          path.name(),
          (source, name) -> Optional.of(compared(source, path.named(name), test, links + 1)));
    }
    if (path.rest().isPresent()) {
      Filter.Path rest = path.rest().get();
      return references
          .chain(
              type,
              path.name(),
              rest.name(),
              target ->
                  isKnown(target, rest) && path.where().stream().allMatch(f -> isKnown(target, f))
                      ? Optional.of(beyond(target, path.where(), rest, test, links + 1))
                      : Optional.empty())
          .orElseThrow(() -> unknown(type, path.name()));
    }
    SearchParameter parameter =
        find(type, path.name()).orElseThrow(() -> unknown(type, path.name()));
    return values.condition(parameter, test.operator(), test.value());
  }

  private Condition beyond(
      String target, Optional<Filter> where, Filter.Path rest, Filter.Test test, int links) {
    List<Condition> all = new ArrayList<>();
    where.ifPresent(filter -> all.add(condition(target, filter, links)));
    all.add(compared(target, rest, test, links));
    return all.size() == 1 ? all.getFirst() : new Condition.AllOf(all);
  }

  private static BadSearchException unknown(String type, String name) {
    return BadSearchException.invalid(type + " has no search parameter " + name);
  }

  private Optional<SearchParameter> find(String type, String name) {
    return parameters
        .find(type, name)
        .or(() -> name.equals(ID) ? parameters.find(type, ConditionReader.ID) : Optional.empty())
        .filter(ConditionReader::isKnown);
  }

  /** Whether resources of a type can be asked that; what is behind further references is not. */
  private boolean isKnown(String type, Filter filter) {
    return switch (filter) {
      case Filter.All(List<Filter> parts) -> parts.stream().allMatch(part -> isKnown(type, part));
      case Filter.Any(List<Filter> parts) -> parts.stream().allMatch(part -> isKnown(type, part));
      case Filter.Not(Filter part) -> isKnown(type, part);
      case Filter.Test test -> isKnown(type, test.path());
    };
  }

  private boolean isKnown(String type, Filter.Path path) {
    int colon = path.name().indexOf(':');
    String code = colon < 0 ? path.name() : path.name().substring(0, colon);
    return path.name().startsWith(ReferenceConditions.HAS) || find(type, code).isPresent();
  }
}
