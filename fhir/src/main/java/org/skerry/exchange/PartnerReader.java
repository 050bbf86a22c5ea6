package org.skerry.exchange;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.skerry.exchange.Partner.Flow;
import org.skerry.exchange.Partner.Records;
import org.skerry.exchange.client.ClientSettings;
import org.skerry.exchange.client.Credentials;
import org.skerry.exchange.parent.Whitelist;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads a document of {@code _exchange}: in this node's own words, or as a configuration file of
 * OpenMRS Sync 2.0. All that is wrong with it is told at once.
 */
final class PartnerReader {
  private static final long DAY = 86_400;
  private static final Set<String> MEMBERS =
      Set.of(
          "database",
          "base",
          "clients",
          "wrapper",
          "feeds",
          "auth",
          "instance",
          "pull",
          "push",
          "retry",
          "conflicts",
          "records",
          "comment");
  private static final Set<String> OF_EVERY_CLIENT = Set.of("base", "wrapper", "auth");

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
    if (!Partner.NAME.matcher(name).matches() || name.equals(Whitelist.ID)) {
      reader.problems.add("the id must be the partner's name: " + Partner.NAME);
    }
    reader.checkDatabase();
    partner.ifPresent(found -> ClientCheck.problems(found, reader.problems));
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
    Credentials credentials = credentials(fields.object("auth"), Credentials.NONE);
    Optional<URI> wrapper = fields.url("wrapper");
    Map<String, ClientSettings> clients = clients(wrapper, credentials);
    Optional<URI> feeds = fields.url("feeds");
    RetryRule retry = FlowReader.retry(fields.object("retry"), RetryRule.USUAL);
    FlowReader flows =
        new FlowReader(
            new FlowReader.Usual(
                Duration.ofSeconds(DAY / 2),
                retry,
                FlowReader.conflicts(fields, ConflictRule.KEEP)),
            problems);
    Optional<Flow> pull = flows.read(fields, Direction.PULL);
    Optional<Flow> push = flows.read(fields, Direction.PUSH);
    if (pull.isEmpty() && push.isEmpty()) {
      problems.add("neither `pull` nor `push` is enabled with a category");
    }
    PartnerJson records = fields.object("records").only(Set.of("successes", "failures"));
    return Optional.of(
        new Partner(
            name,
            fields.text("database").orElse(""),
            clients,
            feeds,
            credentials,
            fields.text("instance").orElse("skerry"),
            pull,
            push,
            retry,
            new Records(records.flag("successes", true), records.flag("failures", true))));
  }

  /** {@code base} is short for the base of the client {@code fhir}. */
  private Map<String, ClientSettings> clients(Optional<URI> wrapper, Credentials usual) {
    Map<String, ClientSettings> found = new LinkedHashMap<>();
    fields
        .url("base")
        .ifPresent(
            base ->
                found.put(
                    "fhir",
                    new ClientSettings(
                        base, wrapper, usual, Map.of(), JsonNodeFactory.instance.objectNode())));
    PartnerJson clients = fields.object("clients");
    for (String client : fields.node("clients").propertyNames()) {
      client(clients.object(client), wrapper, usual)
          .ifPresent(settings -> found.put(client, settings));
    }
    if (found.isEmpty()) {
      if (!fields.has("clients")) {
        fields.needed("base", "where the partner's FHIR server is, or `clients`");
      } else {
        fields.wrong("clients", "must describe a client, as {\"rest\": {\"base\": URL}}");
      }
    }
    return found;
  }

  private Optional<ClientSettings> client(
      PartnerJson json, Optional<URI> wrapper, Credentials usual) {
    json.needed("base", "where the client's records are");
    Optional<URI> own = json.url("wrapper");
    Credentials credentials = credentials(json.object("auth"), usual);
    ObjectNode more = JsonNodeFactory.instance.objectNode();
    json.properties()
        .filter(member -> !OF_EVERY_CLIENT.contains(member.getKey()))
        .forEach(member -> more.set(member.getKey(), member.getValue()));
    return json.url("base")
        .map(base -> new ClientSettings(base, own.or(() -> wrapper), credentials, Map.of(), more));
  }

  private static Credentials credentials(PartnerJson auth, Credentials usual) {
    auth.only(Set.of("username", "password", "token", "cookie"));
    Credentials found = usual;
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
}
