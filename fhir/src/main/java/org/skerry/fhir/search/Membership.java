package org.skerry.fhir.search;

import java.util.HashSet;
import java.util.Set;
import org.skerry.fhir.search.definition.Compartments;
import org.skerry.fhir.search.definition.SearchParameter;
import org.skerry.fhir.search.extract.Extractors;
import org.skerry.fhir.search.extract.Term;
import tools.jackson.databind.JsonNode;

/** Whose a resource is: the patients in whose compartments it is. Any thread. */
public final class Membership {
  private static final String PATIENT = "Patient";

  private final Extractors extractors;
  private final Compartments compartments;

  Membership(Extractors extractors, Compartments compartments) {
    this.extractors = extractors;
    this.compartments = compartments;
  }

  /** Whether resources of a type can be in a patient's compartment. */
  public boolean isPossible(String type) {
    return type.equals(PATIENT) || !compartments.members(PATIENT, type).isEmpty();
  }

  /** The ids of the patients; a patient is in its own compartment. */
  public Set<String> patients(String type, String id, JsonNode resource) {
    Set<String> patients = new HashSet<>();
    if (type.equals(PATIENT)) {
      patients.add(id);
    }
    for (SearchParameter parameter : compartments.members(PATIENT, type)) {
      for (Term term : extractors.of(type).terms(parameter, resource)) {
        if (term.key().size() == 2 && term.key().get(1).asString("").equals(PATIENT)) {
          patients.add(term.key().get(0).asString(""));
        }
      }
    }
    return patients;
  }
}
