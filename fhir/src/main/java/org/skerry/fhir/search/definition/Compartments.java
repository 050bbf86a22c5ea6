package org.skerry.fhir.search.definition;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.RuntimeSearchParam;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which parameters put a resource into a compartment: R4's compartment definitions, as HAPI's
 * models tell them. Any thread may ask; a type's models are loaded when it is first asked about.
 */
public final class Compartments {
  /** Of which types there are some. */
  public static final List<String> NAMES =
      List.of("Device", "Encounter", "Patient", "Practitioner", "RelatedPerson");

  private final SearchParameters parameters;
  private final Map<String, Map<String, List<SearchParameter>>> known = new ConcurrentHashMap<>();

  /** Among those parameters. */
  public Compartments(SearchParameters parameters) {
    this.parameters = parameters;
  }

  /** Whether there are compartments of that type of resource. */
  public static boolean isCompartment(String type) {
    return NAMES.contains(type);
  }

  /**
   * The parameters of a type that refer to what a compartment is named by; none when resources of
   * that type are in no such compartment.
   */
  public List<SearchParameter> members(String compartment, String type) {
    return known
        .computeIfAbsent(compartment, unknown -> new ConcurrentHashMap<>())
        .computeIfAbsent(type, unknown -> find(compartment, type));
  }

  private List<SearchParameter> find(String compartment, String type) {
    return parameters.of(type).stream()
        .filter(parameter -> parameter.type() == ParameterType.REFERENCE)
        .filter(parameter -> isMember(compartment, parameter))
        .toList();
  }

  private static boolean isMember(String compartment, SearchParameter parameter) {
    RuntimeSearchParam known =
        FhirContext.forR4Cached()
            .getResourceDefinition(parameter.resourceType())
            .getSearchParam(parameter.code());
    return known != null
        && known.getProvidesMembershipInCompartments() != null
        && known.getProvidesMembershipInCompartments().contains(compartment);
  }
}
