package org.skerry.exchange;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.skerry.exchange.Partner.Flow;
import org.skerry.exchange.Partner.Records;
import org.skerry.exchange.Partner.Subject;
import tools.jackson.databind.JsonNode;

/**
 * Reads a configuration file of OpenMRS's module {@code sync2} as it is, with one member more:
 * {@code database}. Its parent's FHIR server is {@code general.clients.fhir.hostAddress}, or
 * OpenMRS's usual place below the parent.
 *
 * <p>Of its categories those are exchanged that FHIR has a resource for; others that are enabled
 * are told as problems, rather than left out in silence.
 */
final class Sync2Reader {
  private static final long HALF_A_DAY = 43_200;
  private static final long MONTH = 30 * 86_400L;

  /** OpenMRS's categories, and what its FHIR server (module {@code fhir2}) shows them as. */
  private static final Map<String, String> TYPES =
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

  private final String name;
  private final PartnerJson fields;
  private final List<String> problems;

  Sync2Reader(String name, PartnerJson fields, List<String> problems) {
    this.name = name;
    this.fields = fields;
    this.problems = problems;
  }

  Optional<Partner> read() {
    PartnerJson general = fields.object("general");
    general.needed("parentFeedLocation", "where the parent is");
    general.needed("localFeedLocation", "where this instance is");
    String instance = general.needed("localInstanceId", "what this instance is called");
    Optional<URI> parent = general.url("parentFeedLocation");
    PartnerJson client = general.object("clients").object("fhir");
    Optional<URI> base =
        client.has("hostAddress") && !client.node("hostAddress").asString("").isBlank()
            ? client.url("hostAddress")
            : parent.map(place -> URI.create(place + "/ws/fhir2/R4"));
    Optional<Flow> pull = flow("pull");
    Optional<Flow> push = flow("push");
    if (pull.isEmpty() && push.isEmpty()) {
      problems.add("neither `pull` nor `push` is enabled with a class");
    }
    return base.map(
        place ->
            new Partner(
                name,
                fields.text("database").orElse(""),
                place,
                parent.map(feeds -> URI.create(feeds + "/ws/atomfeed")),
                credentials(client),
                instance,
                pull,
                push,
                RetryRule.USUAL,
                new Records(
                    general.flag("persistSuccessAudit", true),
                    general.flag("persistFailureAudit", true))));
  }

  private static Credentials credentials(PartnerJson client) {
    return client
        .text("login")
        .map(login -> Credentials.basic(login, client.text("password").orElse("")))
        .orElse(Credentials.NONE);
  }

  private Optional<Flow> flow(String direction) {
    PartnerJson flow = fields.object(direction);
    boolean enabled = flow.flag("enabled", false);
    long seconds = flow.number("schedule", HALF_A_DAY, 1, MONTH);
    List<Subject> subjects = new ArrayList<>();
    int index = 0;
    for (JsonNode node : flow.node("classes")) {
      PartnerJson one = new PartnerJson(node, direction + ".classes[" + index++ + "]", problems);
      String category = one.needed("category", "what the feed is called");
      if (enabled && one.flag("enabled", false) && !category.isEmpty()) {
        Optional.ofNullable(TYPES.get(category.toLowerCase(Locale.ROOT)))
            .ifPresentOrElse(
                type -> subjects.add(new Subject(category, type)),
                () -> one.wrong("category", "is none that FHIR has a resource for: " + category));
        if (!one.text("preferredClient").orElse("fhir").equals("fhir")) {
          one.wrong("preferredClient", "must be fhir");
        }
      }
    }
    return subjects.isEmpty() ? Optional.empty() : Optional.of(new Flow(seconds, subjects));
  }
}
