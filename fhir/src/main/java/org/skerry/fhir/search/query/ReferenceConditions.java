package org.skerry.fhir.search.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.skerry.fhir.search.definition.ParameterType;
import org.skerry.fhir.search.definition.SearchParameter;
import org.skerry.fhir.search.definition.SearchParameters;

/** Conditions on what is at the other end of references: chains, and {@code _has}. */
record ReferenceConditions(SearchParameters parameters) {
  /** What a name begins with that goes against a reference's direction. */
  static final String HAS = "_has:";

  private static final int HAS_PARTS = 4;
  private static final int MAX_DEPTH = 5;
  private static final int MAX_TARGETS = 16;

  /** Refuses long chains. */
  static void checkDepth(int links) {
    if (links > MAX_DEPTH) {
      throw BadSearchException.tooCostly("chains of more than " + MAX_DEPTH + " links");
    }
  }

  /**
   * {@code subject:Patient.name}, {@code subject.name}; none when there is no such reference.
   *
   * @param head what stands before the dot
   * @param rest what stands behind it, for people
   * @param onTarget the condition on resources of a type, if they can have it
   */
  Optional<Condition> chain(
      String type, String head, String rest, Function<String, Optional<Condition>> onTarget) {
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
      onTarget
          .apply(target)
          .ifPresent(
              condition -> conditions.add(new Condition.RefersTo(reference, target, condition)));
      if (conditions.size() > MAX_TARGETS) {
        throw BadSearchException.tooCostly(
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

  /**
   * {@code _has:Observation:patient:code}.
   *
   * @param onSource the condition on resources of a type by the rest of the name, if they have it
   */
  Condition reverse(
      String type, String name, BiFunction<String, String, Optional<Condition>> onSource) {
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
        onSource
            .apply(parts[1], parts[HAS_PARTS - 1])
            .orElseThrow(
                () ->
                    BadSearchException.invalid(
                        parts[1] + " has no search parameter " + parts[HAS_PARTS - 1]));
    return new Condition.ReferredBy(reference, source);
  }
}
