package org.skerry.exchange;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.skerry.exchange.Partner.Flow;
import org.skerry.exchange.Partner.Records;
import org.skerry.exchange.Partner.Subject;
import org.skerry.exchange.client.ClientSettings;
import org.skerry.exchange.client.Credentials;
import org.skerry.exchange.parent.Whitelist;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Reads a configuration file of OpenMRS's module {@code sync2} as it is, with one member more:
 * {@code database}. As there, a client with a {@code hostAddress} asks that host directly; one
 * without goes by the parent's wrapper.
 *
 * <p>Categories with the client {@code fhir} are those that FHIR has a resource for; those with
 * {@code rest} are all that OpenMRS has a list of. Others that are enabled are told as problems,
 * rather than left out in silence.
 */
final class Sync2Reader {
  private static final long HALF_A_DAY = 43_200;
  private static final long MONTH = 30 * 86_400L;

  private final String name;
  private final PartnerJson fields;
  private final List<String> problems;

  /** OpenMRS's classes of types, which its wrapper wants to know. */
  private final Map<String, String> classes = new HashMap<>();

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
    if (fields.has(Whitelist.ID)) {
      Whitelist.problems(fields.node(Whitelist.ID))
          .forEach(problem -> problems.add("`whitelist`: " + problem));
    }
    Optional<Flow> pull = flow("pull");
    Optional<Flow> push = flow("push");
    if (pull.isEmpty() && push.isEmpty()) {
      problems.add("neither `pull` nor `push` is enabled with a class");
    }
    PartnerJson clients = general.object("clients");
    return general
        .url("parentFeedLocation")
        .map(
            parent ->
                new Partner(
                    name,
                    fields.text("database").orElse(""),
                    Map.of(
                        "fhir", client(clients.object("fhir"), parent, "/ws/fhir2/R4"),
                        "rest", client(clients.object("rest"), parent, "/ws/rest/v1")),
                    Optional.of(URI.create(parent + "/ws/atomfeed")),
                    credentials(clients.object("fhir")),
                    instance,
                    pull,
                    push,
                    RetryRule.USUAL,
                    new Records(
                        general.flag("persistSuccessAudit", true),
                        general.flag("persistFailureAudit", true))));
  }

  /** A host alone has its API where OpenMRS has it; an address below {@code /ws} is the API's. */
  private ClientSettings client(PartnerJson json, URI parent, String api) {
    boolean direct = !json.node("hostAddress").asString("").isBlank();
    URI host = (direct ? json.url("hostAddress") : Optional.<URI>empty()).orElse(parent);
    String path = String.valueOf(host.getRawPath());
    return new ClientSettings(
        path.contains("/ws/") || path.contains("/fhir") ? host : URI.create(host + api),
        direct ? Optional.empty() : Optional.of(URI.create(parent + "/ws/rest/sync2")),
        credentials(json),
        classes,
        JsonNodeFactory.instance.objectNode());
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
        subject(one, category, Duration.ofSeconds(seconds)).ifPresent(subjects::add);
      }
    }
    return subjects.isEmpty() ? Optional.empty() : Optional.of(new Flow(false, subjects));
  }

  private Optional<Subject> subject(PartnerJson one, String category, Duration every) {
    String client = one.text("preferredClient").orElse("fhir");
    Optional<String> type =
        switch (client) {
          case "fhir" -> Sync2Categories.resource(category);
          case "rest" -> Sync2Categories.collection(category);
          default -> Optional.empty();
        };
    if (!client.equals("fhir") && !client.equals("rest")) {
      one.wrong("preferredClient", "must be fhir or rest");
    } else if (type.isEmpty()) {
      one.wrong("category", "is none that " + client + " has a type for: " + category);
    }
    type.ifPresent(found -> one.text("openMrsClass").ifPresent(java -> classes.put(found, java)));
    return type.map(
        found ->
            new Subject(
                category.toLowerCase(Locale.ROOT),
                found,
                client,
                every,
                RetryRule.USUAL,
                ConflictRule.KEEP));
  }
}
