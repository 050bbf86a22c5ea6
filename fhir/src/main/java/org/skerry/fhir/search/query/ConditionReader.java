package org.skerry.fhir.search.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.skerry.fhir.search.definition.ParameterType;
import org.skerry.fhir.search.definition.SearchParameter;
import org.skerry.fhir.search.definition.SearchParameters;
import org.skerry.fhir.search.rows.Span;

/** Reads single parameters of a query into conditions. */
final class ConditionReader {
  private static final String HAS = "_has:";
  private static final String ID = "_id";
  private static final String MISSING = "missing";
  private static final int HAS_PARTS = 4;
  private static final int MAX_DEPTH = 5;
  private static final int MAX_VALUES = 1_000;
  private static final int MAX_TARGETS = 16;

  private final SearchParameters parameters;
  private final ParameterValues values;

  ConditionReader(SearchParameters parameters, ParameterValues values) {
    this.parameters = parameters;
    this.values = values;
  }

  /** The condition on resources of a type; none when there is no such parameter. */
  Optional<Condition> read(String type, String name, String value) {
    return read(type, name, value, 0);
  }

  private Optional<Condition> read(String type, String name, String value, int depth) {
    if (depth > MAX_DEPTH) {
      throw new BadSearchException(
          BadSearchException.Kind.TOO_COSTLY, "chains of more than " + MAX_DEPTH + " links");
    }
    if (name.startsWith(HAS)) {
      return Optional.of(reverse(type, name, value, depth));
    }
    int dot = name.indexOf('.');
    if (dot > 0) {
      return chain(type, name.substring(0, dot), name.substring(dot + 1), value, depth);
    }
    int colon = name.indexOf(':');
    String code = colon < 0 ? name : name.substring(0, colon);
    String modifier = colon < 0 ? "" : name.substring(colon + 1);
    return parameters
        .find(type, code)
        .filter(parameter -> parameter.isIndexed() || code.equals(ID))
        .map(parameter -> simple(parameter, modifier, value));
  }

  private Condition simple(SearchParameter parameter, String modifier, String value) {
    if (modifier.equals(MISSING)) {
      return missing(parameter, value);
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

  /** {@code subject:Patient.name}, {@code subject.name}. */
  private Optional<Condition> chain(
      String type, String head, String rest, String value, int depth) {
    int colon = head.indexOf(':');
    String code = colon < 0 ? head : head.substring(0, colon);
    Optional<SearchParameter> found = parameters.find(type, code);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    SearchParameter reference = found.get();
    if (reference.type() != ParameterType.REFERENCE) {
      throw BadSearchException.invalid(
          reference + " is no reference: nothing can be chained to it");
    }
    List<Condition> conditions = new ArrayList<>();
    for (String target : targets(reference, colon < 0 ? "" : head.substring(colon + 1))) {
      read(target, rest, value, depth + 1)
          .ifPresent(
              condition -> conditions.add(new Condition.RefersTo(reference, target, condition)));
      if (conditions.size() > MAX_TARGETS) {
        throw new BadSearchException(
            BadSearchException.Kind.TOO_COSTLY,
            reference
                + " may refer to many types: say which one, as in "
                + code
                + ":Patient."
                + rest);
      }
    }
    if (conditions.isEmpty()) {
      throw BadSearchException.invalid(
          "what " + reference + " refers to has no search parameter " + rest);
    }
    return Optional.of(
        conditions.size() == 1 ? conditions.getFirst() : new Condition.AnyOf(conditions));
  }

  private List<String> targets(SearchParameter reference, String type) {
    if (type.isEmpty()) {
      return reference.targets().isEmpty()
          ? List.copyOf(parameters.types())
          : reference.targets().stream().filter(parameters::isType).toList();
    }
    if (!parameters.isType(type)) {
      throw BadSearchException.invalid("there is no type of resource " + type);
    }
    return List.of(type);
  }

  /** {@code _has:Observation:patient:code}. */
  private Condition reverse(String type, String name, String value, int depth) {
    String[] parts = name.split(":", HAS_PARTS);
    if (parts.length < HAS_PARTS || !parameters.isType(parts[1])) {
      throw BadSearchException.invalid(
          "_has needs a type, a reference and a parameter, as in _has:Observation:patient:code, and"
              + " not "
              + name);
    }
    SearchParameter reference =
        parameters
            .find(parts[1], parts[2])
            .filter(parameter -> parameter.type() == ParameterType.REFERENCE)
            .orElseThrow(
                () ->
                    BadSearchException.invalid(
                        parts[1]
                            + "."
                            + parts[2]
                            + " is no reference that "
                            + type
                            + " could have"));
    Condition source =
        read(parts[1], parts[HAS_PARTS - 1], value, depth + 1)
            .orElseThrow(
                () ->
                    BadSearchException.invalid(
                        parts[1] + " has no search parameter " + parts[HAS_PARTS - 1]));
    return new Condition.ReferredBy(reference, source);
  }
}
