package org.skerry.exchange;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** OpenMRS's categories, and what its APIs call them. */
final class Sync2Categories {
  /** What its FHIR server (module {@code fhir2}) shows them as. */
  private static final Map<String, String> RESOURCES =
      Map.ofEntries(
          Map.entry("patient", "Patient"),
          Map.entry("person", "Person"),
          Map.entry("location", "Location"),
          Map.entry("encounter", "Encounter"),
          Map.entry("visit", "Encounter"),
          Map.entry("observation", "Observation"),
          Map.entry("obs", "Observation"),
          Map.entry("allergy", "AllergyIntolerance"),
          Map.entry("provider", "Practitioner"),
          Map.entry("practitioner", "Practitioner"),
          Map.entry("condition", "Condition"),
          Map.entry("drug_order", "MedicationRequest"),
          Map.entry("test_order", "ServiceRequest"),
          Map.entry("cohort", "Group"));

  /** Below {@code /ws/rest/v1}; parts of others, such as allergies, have no list of their own. */
  private static final Map<String, String> COLLECTIONS =
      Map.ofEntries(
          Map.entry("patient", "patient"),
          Map.entry("person", "person"),
          Map.entry("location", "location"),
          Map.entry("encounter", "encounter"),
          Map.entry("visit", "visit"),
          Map.entry("visittype", "visittype"),
          Map.entry("observation", "obs"),
          Map.entry("obs", "obs"),
          Map.entry("provider", "provider"),
          Map.entry("drug", "drug"),
          Map.entry("form", "form"),
          Map.entry("order", "order"),
          Map.entry("drug_order", "order"),
          Map.entry("test_order", "order"),
          Map.entry("programenrollment", "programenrollment"),
          Map.entry("relationship", "relationship"),
          Map.entry("cohort", "cohort"),
          Map.entry("concept", "concept"),
          Map.entry("program", "program"),
          Map.entry("user", "user"),
          Map.entry("privilege", "privilege"));

  private Sync2Categories() {}

  /** The type of resource, if there is one. */
  static Optional<String> resource(String category) {
    return Optional.ofNullable(RESOURCES.get(category.toLowerCase(Locale.ROOT)));
  }

  /** The list of OpenMRS's REST API, if there is one. */
  static Optional<String> collection(String category) {
    return Optional.ofNullable(COLLECTIONS.get(category.toLowerCase(Locale.ROOT)));
  }
}
