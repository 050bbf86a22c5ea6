package org.skerry.exchange;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.skerry.atom.FeedRoutes;
import org.skerry.atom.Feeds;
import org.skerry.audit.AuditLog;
import org.skerry.conflict.Conflicts;
import org.skerry.database.Database;
import org.skerry.database.Databases;
import org.skerry.document.DocId;
import org.skerry.document.DocumentLimits;
import org.skerry.fhir.FhirApi;
import org.skerry.fhir.FhirSurroundings;
import org.skerry.http.Authenticator;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;
import org.skerry.http.HttpServer;
import org.skerry.http.HttpSettings;
import org.skerry.http.InnerRequests;
import org.skerry.http.PatternRouter;
import org.skerry.http.Router;
import org.skerry.http.Router.Route;
import org.skerry.http.UserContext;
import org.skerry.http.couch.CouchApi;
import org.skerry.http.couch.CouchSettings;
import org.skerry.index.Indexes;
import org.skerry.script.ScriptLimits;
import org.skerry.script.Scripts;
import org.skerry.store.DocRange;
import org.skerry.store.Fields;
import org.skerry.store.MemoryStore;
import org.skerry.store.ordered.MemoryOrderedStore;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A whole node over real HTTP: documents, FHIR, feeds, exchanges. Everybody administers it. */
final class Site implements AutoCloseable {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final UserContext ADMIN =
      new UserContext(Optional.of("admin"), Set.of("_admin"), Optional.of("default"));

  private final Databases databases = new Databases(new MemoryStore());
  private final Feeds feeds =
      new Feeds(databases, new MemoryOrderedStore(), InstantSource.system());
  private final Indexes indexes = new Indexes(new MemoryOrderedStore());
  private final Conflicts conflicts =
      new Conflicts(
          databases,
          new MemoryOrderedStore(),
          new Scripts(ScriptLimits.DEFAULT),
          AuditLog.NONE,
          InstantSource.system());
  private final InnerRequests node = new InnerRequests();
  private final FhirApi fhir;
  private final Exchanges exchanges;
  private final HttpServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  /** Whether this request to the FHIR server or a feed fails as a broken line would. */
  private volatile BooleanSupplier broken = () -> false;

  private volatile Ear ear = new Ear(exchange -> false, 400);

  Site() {
    CouchApi couch = new CouchApi(databases, CouchSettings.ofVersion("0.1")).with(conflicts);
    fhir =
        new FhirApi(
            new FhirSurroundings(databases, indexes, "0.1", () -> DocumentLimits.DEFAULT),
            couch.access()::member);
    exchanges =
        new Exchanges(
            new Surroundings(
                databases, () -> DocumentLimits.DEFAULT, conflicts, node, InstantSource.system()));
    List<Route> routes = new ArrayList<>(couch.routes());
    fhir.routes().forEach(route -> routes.add(breakable(route)));
    FeedRoutes.of(feeds, (user, database) -> true).forEach(route -> routes.add(breakable(route)));
    routes.addAll(ExchangeRoutes.of(exchanges));
    Router router = new PatternRouter(routes, FhirApi.problems());
    node.serve(router);
    Authenticator everybody = caller -> Optional.of(new Authenticator.SignedIn(ADMIN, List.of()));
    try {
      server = HttpServer.start(HttpSettings.defaults().at("127.0.0.1", 0), router, everybody);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    databases.create("clinic");
  }

  private Route breakable(Route route) {
    return new Route(
        route.method(),
        route.pattern(),
        exchange -> {
          if (broken.getAsBoolean()) {
            throw new HttpProblem(503, "service_unavailable", "the line is broken");
          }
          Ear listening = ear;
          if (listening.refused().test(exchange)) {
            throw new HttpProblem(listening.status(), "refused", "this is refused here");
          }
          route.endpoint().handle(exchange);
        });
  }

  void breaks(BooleanSupplier when) {
    broken = when;
  }

  /** Hears of requests to the FHIR server and feeds, and refuses some with that status. */
  private record Ear(Predicate<Exchange> refused, int status) {}

  void hears(Predicate<Exchange> refused, int status) {
    ear = new Ear(refused, status);
  }

  Exchanges exchanges() {
    return exchanges;
  }

  Database clinic() {
    return databases.find("clinic").orElseThrow();
  }

  String url() {
    return server.baseUrl();
  }

  HttpResponse<String> send(String method, String path, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url() + path))
            .header(
                "Content-Type",
                path.startsWith("/fhir") ? "application/fhir+json" : "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  JsonNode expect(String method, String path, String body) {
    HttpResponse<String> answer = send(method, path, body);
    if (answer.statusCode() >= 300) {
      throw new AssertionError(method + " " + path + ": " + answer.statusCode() + answer.body());
    }
    return answer.body().isEmpty() ? MAPPER.missingNode() : MAPPER.readTree(answer.body());
  }

  /** Publishes feeds of these types. */
  void publish(String... types) {
    publish(7, List.of(types));
  }

  /** Publishes feeds of these types, with pages of that many events. */
  void publish(int page, Collection<String> types) {
    send("PUT", "/_feeds", "");
    for (String type : types) {
      expect(
          "PUT",
          "/_feeds/" + type.toLowerCase(Locale.ROOT),
          "{\"database\":\"clinic\",\"page_size\":" + page + ",\"type\":\"" + type + "\"}");
    }
  }

  /** Creates or changes a resource through FHIR. */
  void put(String id, String members) {
    int slash = id.indexOf('/');
    expect(
        "PUT",
        "/fhir/clinic/" + id,
        "{\"resourceType\":\""
            + id.substring(0, slash)
            + "\",\"id\":\""
            + id.substring(slash + 1)
            + "\""
            + (members.isEmpty() ? "" : "," + members)
            + "}");
  }

  void delete(String id) {
    send("DELETE", "/fhir/clinic/" + id, "");
  }

  JsonNode get(String id) {
    return expect("GET", "/fhir/clinic/" + id, "");
  }

  /** Describes another site as partner: both directions, of these types, by feeds. */
  Runner partner(Site other, String directions, String... types) {
    List<String> categories = new ArrayList<>();
    for (String type : types) {
      categories.add("{\"type\":\"" + type + "\"}");
    }
    StringBuilder json = new StringBuilder("{\"database\":\"clinic\",\"base\":\"");
    json.append(other.url()).append("/fhir/clinic\",\"feeds\":\"").append(other.url());
    json.append("/ws/atomfeed\",\"retry\":{\"attempts\":3,\"first_seconds\":3600}");
    for (String direction : directions.split(" ")) {
      json.append(",\"").append(direction).append("\":{\"categories\":[");
      json.append(String.join(",", categories)).append("]}");
    }
    return runner(json.append('}').toString());
  }

  /** A runner of a partner that is described so, which runs when the test says so. */
  Runner runner(String description) {
    return runner("centre", description);
  }

  /** The same of a partner of that name. */
  Runner runner(String name, String description) {
    return new Runner(
        PartnerReader.read(name, MAPPER.readTree(description), database -> true), exchanges);
  }

  /** Live documents and what they say, without versions and times. */
  Map<String, JsonNode> contents() {
    Map<String, JsonNode> found = new HashMap<>();
    clinic()
        .store()
        .scan(
            DocRange.ALL,
            Fields.WINNER,
            document -> {
              if (!document.deleted()) {
                JsonNode json = MAPPER.readTree(document.revisions().getFirst().body().json());
                ((ObjectNode) json).remove("meta");
                found.put(document.id().text(), json);
              }
              return true;
            });
    return found;
  }

  /** The same as FHIR's readers get them: with the data that stand beside their resource. */
  Map<String, JsonNode> served() {
    Map<String, JsonNode> found = contents();
    for (Map.Entry<String, JsonNode> one : found.entrySet()) {
      if (one.getValue().toString().contains("\"_data\"")) {
        JsonNode json = get(one.getKey());
        ((ObjectNode) json).remove("meta");
        one.setValue(json);
      }
    }
    return found;
  }

  /** How many live versions a document has. */
  long versions(String id) {
    long[] count = {0};
    clinic()
        .store()
        .load(
            List.of(DocId.of(id)),
            Fields.LEAVES,
            document -> {
              count[0] = document.leaves().stream().filter(leaf -> !leaf.deleted()).count();
              return true;
            });
    return count[0];
  }

  /** The audit, newest first. */
  JsonNode messages(String query) {
    return expect("GET", "/ws/rest/sync2/messages" + query, "").path("results");
  }

  @Override
  public void close() {
    client.close();
    server.close();
    exchanges.close();
    feeds.close();
    fhir.close();
    conflicts.close();
    indexes.close();
  }
}
