package org.skerry.fhir.search.definition;

import java.util.List;

/**
 * A search parameter of one type of resource.
 *
 * @param number its place among all parameters of all types: what index rows call it
 * @param resourceType the type of resource that is searched
 * @param code its name in a query
 * @param url of its definition
 * @param expression where its values stand, in FHIRPath; empty when it is computed in another way
 * @param targets of a reference: which types it may refer to
 * @param components of a composite: its parts, in order
 */
public record SearchParameter(
    int number,
    String resourceType,
    String code,
    ParameterType type,
    String url,
    String expression,
    List<String> targets,
    List<Component> components,
    String documentation) {

  /** A part of a composite, relative to what the composite's expression finds. */
  public record Component(ParameterType type, String expression) {}

  public SearchParameter {
    targets = List.copyOf(targets);
    components = List.copyOf(components);
  }

  /** Whether rows of an index stand for it. */
  public boolean isIndexed() {
    return !expression.isEmpty();
  }

  /** For people: {@code Patient.name}. */
  @Override
  public String toString() {
    return resourceType + "." + code;
  }
}
