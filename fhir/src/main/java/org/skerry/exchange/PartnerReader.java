package org.skerry.exchange;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.skerry.exchange.Partner.Flow;
import org.skerry.exchange.Partner.Records;
import org.skerry.exchange.Partner.Subject;
import org.skerry.fhir.resource.ResourceId;
import tools.jackson.databind.JsonNode;

/**
 * Reads a document of {@code _exchange}: in this node's own words, or as a configuration file of
 * OpenMRS Sync 2.0. All that is wrong with it is told at once.
 */
final class PartnerReader {
  private static final String ID = "x";
  private static final long DAY = 86_400;
  private static final long USUAL_PAUSE = 43_200;
  private static final Set<String> MEMBERS =
      Set.of(
          "database",
          "base",
          "feeds",
          "auth",
          "instance",
          "pull",
          "push",
          "retry",
          "records",
          "comment");
  private static final Set<String> FLOW = Set.of("enabled", "schedule", "categories");
  private static final Set<String> CATEGORY = Set.of("category", "type", "enabled", "client");

  private final String name;
  private final Predicate<String> isDatabaseName;
  private final List<String> problems = new ArrayList<>();
  private final PartnerJson fields;

  private PartnerReader(String name, JsonNode json, Predicate<String> isDatabaseName) {
    this.name = name;
    this.isDatabaseName = isDatabaseName;
    this.fields = new PartnerJson(json, "", problems);
  }

  /**
   * The partner that a document describes.
   *
   * @throws InvalidPartnerException when it describes none
   */
  static Partner read(String name, JsonNode json, Predicate<String> isDatabaseName) {
    PartnerReader reader = new PartnerReader(name, json, isDatabaseName);
    Optional<Partner> partner =
        json.has("general")
            ? new Sync2Reader(name, reader.fields, reader.problems).read()
            : reader.read();
    if (!Partner.NAME.matcher(name).matches()) {
      reader.problems.add("the id must be the partner's name: " + Partner.NAME);
    }
    reader.checkDatabase();
    if (!reader.problems.isEmpty()) {
      throw new InvalidPartnerException(reader.problems);
    }
    return partner.orElseThrow();
  }

  private void checkDatabase() {
    String database = fields.needed("database", "whose documents are exchanged");
    if (!database.isEmpty() && (database.startsWith("_") || !isDatabaseName.test(database))) {
      fields.wrong("database", "is no name of a database with documents");
    }
  }

  private Optional<Partner> read() {
    fields.only(MEMBERS);
    fields.needed("base", "where the partner's FHIR server is");
    Optional<URI> base = fields.url("base");
    Optional<URI> feeds = fields.url("feeds");
    Credentials credentials = credentials(fields.object("auth"));
    Optional<Flow> pull = flow("pull");
    Optional<Flow> push = flow("push");
    if (pull.isEmpty() && push.isEmpty()) {
      problems.add("neither `pull` nor `push` is enabled with a category");
    }
    PartnerJson records = fields.object("records").only(Set.of("successes", "failures"));
    return base.map(
        place ->
            new Partner(
                name,
                fields.text("database").orElse(""),
                place,
                feeds,
                credentials,
                fields.text("instance").orElse("skerry"),
                pull,
                push,
                retry(fields.object("retry")),
                new Records(records.flag("successes", true), records.flag("failures", true))));
  }

  private Credentials credentials(PartnerJson auth) {
    auth.only(Set.of("username", "password", "token", "cookie"));
    Credentials found = Credentials.NONE;
    if (auth.has("token")) {
      found = auth.text("token").map(Credentials::bearer).orElse(found);
    } else if (auth.has("username") || auth.has("password")) {
      found =
          Credentials.basic(
              auth.needed("username", "beside a password"),
              auth.needed("password", "beside a username"));
    }
    Optional<String> cookie = auth.text("cookie");
    return cookie.isPresent() ? found.withCookie(cookie.get()) : found;
  }

  private RetryRule retry(PartnerJson retry) {
    retry.only(Set.of("attempts", "first_seconds", "most_seconds"));
    RetryRule usual = RetryRule.USUAL;
    return new RetryRule(
        (int) retry.number("attempts", usual.attempts(), 1, 1_000),
        Duration.ofSeconds(retry.number("first_seconds", usual.first().toSeconds(), 1, DAY)),
        Duration.ofSeconds(retry.number("most_seconds", usual.most().toSeconds(), 1, 30 * DAY)));
  }

  private Optional<Flow> flow(String direction) {
    PartnerJson flow = fields.object(direction).only(FLOW);
    boolean enabled = flow.flag("enabled", true);
    long seconds = flow.number("schedule", USUAL_PAUSE, 1, 30 * DAY);
    List<Subject> subjects = new ArrayList<>();
    int index = 0;
    for (JsonNode node : flow.node("categories")) {
      PartnerJson category =
          new PartnerJson(node, direction + ".categories[" + index++ + "]", problems)
              .only(CATEGORY);
      String type = category.needed("type", "of the resources");
      if (!type.isEmpty() && ResourceId.parse(type + "/" + ID).isEmpty()) {
        category.wrong("type", "must be a type of resource such as Patient");
      }
      if (!category.text("client").orElse("fhir").equals("fhir")) {
        category.wrong("client", "must be fhir");
      }
      if (category.flag("enabled", true)) {
        subjects.add(
            new Subject(category.text("category").orElse(type.toLowerCase(Locale.ROOT)), type));
      }
    }
    return enabled && !subjects.isEmpty() && fields.has(direction)
        ? Optional.of(new Flow(seconds, subjects))
        : Optional.empty();
  }
}
