package org.skerry.fhir.search.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.skerry.fhir.search.definition.ParameterType;
import org.skerry.fhir.search.definition.SearchParameter;
import org.skerry.fhir.search.definition.SearchParameters;
import org.skerry.fhir.search.rows.Span;

/** Reads single parameters of a query into conditions. */
final class ConditionReader {
  static final String ID = "_id";
  private static final String MISSING = "missing";
  private static final int MAX_VALUES = 1_000;
  private static final Set<String> TEXTUAL = Set.of(SearchParameter.TEXT, SearchParameter.CONTENT);

  private final SearchParameters parameters;
  private final ParameterValues values;
  private final ReferenceConditions references;

  ConditionReader(SearchParameters parameters, ParameterValues values) {
    this.parameters = parameters;
    this.values = values;
    this.references = new ReferenceConditions(parameters);
  }

  /** The condition on resources of a type; none when there is no such parameter. */
  Optional<Condition> read(String type, String name, String value) {
    return read(type, name, value, 0);
  }

  private Optional<Condition> read(String type, String name, String value, int depth) {
    ReferenceConditions.checkDepth(depth);
    if (name.startsWith(ReferenceConditions.HAS)) {
      return Optional.of(
          references.reverse(type, name, (source, rest) -> read(source, rest, value, depth + 1)));
    }
    int dot = name.indexOf('.');
    if (dot > 0) {
      String rest = name.substring(dot + 1);
      return references.chain(
          type, name.substring(0, dot), rest, target -> read(target, rest, value, depth + 1));
    }
    int colon = name.indexOf(':');
    String code = colon < 0 ? name : name.substring(0, colon);
    String modifier = colon < 0 ? "" : name.substring(colon + 1);
    if (TEXTUAL.contains(code) && parameters.find(type, code).isEmpty()) {
      // Resources without a narrative: none of them has the words.
      return Optional.of(new Condition.AnyOf(List.of()));
    }
    return parameters
        .find(type, code)
        .filter(ConditionReader::isKnown)
        .map(parameter -> simple(parameter, modifier, value));
  }

  /** Whether resources are found by it. */
  static boolean isKnown(SearchParameter parameter) {
    return parameter.isIndexed() || parameter.code().equals(ID) || parameter.isTextual();
  }

  private Condition simple(SearchParameter parameter, String modifier, String value) {
    if (modifier.equals(MISSING)) {
      return missing(parameter, value);
    }
    if (parameter.isTextual()) {
      if (!modifier.isEmpty()) {
        throw Modifiers.unknown(parameter, modifier);
      }
      return TextConditions.read(parameter, value);
    }
    List<String> alternatives =
        Escapes.split(value, ',').stream().filter(v -> !v.isEmpty()).toList();
    if (alternatives.size() > MAX_VALUES) {
      throw new BadSearchException(
          BadSearchException.Kind.TOO_COSTLY, parameter + ": more than " + MAX_VALUES + " values");
    }
    boolean not = modifier.equals("not") || modifier.equals("not-in");
    if (not && parameter.type() != ParameterType.TOKEN) {
      throw Modifiers.unknown(parameter, modifier);
    }
    Condition condition =
        parameter.code().equals(ID)
            ? withId(parameter, modifier.equals("not") ? "" : modifier, alternatives)
            : among(parameter, modifier, alternatives);
    return not ? new Condition.Not(condition) : condition;
  }

  private Condition among(SearchParameter parameter, String modifier, List<String> alternatives) {
    if (parameter.type() == ParameterType.REFERENCE
        && !modifier.isEmpty()
        && !modifier.equals("identifier")
        && !parameters.isType(modifier)) {
      throw Modifiers.unknown(parameter, modifier);
    }
    List<Span> spans = new ArrayList<>();
    for (String alternative : alternatives) {
      spans.addAll(values.spans(parameter, modifier, alternative));
    }
    return new Condition.Has(parameter, spans);
  }

  private static Condition withId(
      SearchParameter parameter, String modifier, List<String> alternatives) {
    if (!modifier.isEmpty()) {
      throw Modifiers.unknown(parameter, modifier);
    }
    TreeSet<String> ids = new TreeSet<>();
    alternatives.forEach(
        one -> {
          String id = Escapes.unescape(one);
          String prefix = parameter.resourceType() + "/";
          ids.add(id.startsWith(prefix) ? id.substring(prefix.length()) : id);
        });
    return new Condition.WithId(ids);
  }

  private static Condition missing(SearchParameter parameter, String value) {
    Condition has = new Condition.Has(parameter, List.of(Span.of(parameter)));
    return switch (value) {
      case "true" -> new Condition.Not(has);
      case "false" -> has;
      default ->
          throw BadSearchException.invalid(parameter + ":missing is true or false, not " + value);
    };
  }
}
