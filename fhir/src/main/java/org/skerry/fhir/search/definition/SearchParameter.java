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
  /** Words of the narrative. */
  public static final String TEXT = "_text";

  /** Words of all texts. */
  public static final String CONTENT = "_content";

  /** A part of a composite, relative to what the composite's expression finds. */
  public record Component(ParameterType type, String expression) {}

  public SearchParameter {
    targets = List.copyOf(targets);
    components = List.copyOf(components);
  }

  /** Whether rows of the index stand for it. */
  public boolean isIndexed() {
    return !expression.isEmpty();
  }

  /** Whether it looks for words: in the narrative, or in all texts. They have their own index. */
  public boolean isTextual() {
    return code.equals(TEXT) || code.equals(CONTENT);
  }

  /** Whether a resource has one row at most for a key of it, so that rows are resources. */
  public boolean isOneRowAKey() {
    return type.isOneRowAKey() || isTextual();
  }

  /** For people: {@code Patient.name}. */
  @Override
  public String toString() {
    return resourceType + "." + code;
  }
}
