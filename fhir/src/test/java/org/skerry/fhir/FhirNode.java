package org.skerry.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.client.api.ServerValidationModeEnum;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.skerry.database.Database;
import org.skerry.database.Databases;
import org.skerry.document.DocumentLimits;
import org.skerry.http.Authenticator;
import org.skerry.http.HttpServer;
import org.skerry.http.HttpSettings;
import org.skerry.http.NotingExchange;
import org.skerry.http.PatternRouter;
import org.skerry.http.Router.Route;
import org.skerry.http.UserContext;
import org.skerry.http.couch.CouchApi;
import org.skerry.http.couch.CouchSettings;
import org.skerry.index.Indexes;
import org.skerry.script.ScriptLimits;
import org.skerry.script.Scripts;
import org.skerry.store.MemoryStore;
import org.skerry.store.Store;
import org.skerry.store.ordered.MemoryOrderedStore;
import org.skerry.subset.Sites;
import org.skerry.subset.SubsetKeeper;
import org.skerry.subset.Subsetting;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A node with both its APIs over real HTTP, and a database {@code clinic}. Everybody is its
 * administrator, except who says {@code X-User}.
 */
public final class FhirNode implements AutoCloseable {
  private static final UserContext ADMIN =
      new UserContext(Optional.of("admin"), Set.of("_admin"), Optional.of("default"));
  private static final JsonMapper MAPPER = new JsonMapper();

  private final Store store;
  private final Databases databases;
  private final Scripts scripts = new Scripts(ScriptLimits.DEFAULT);
  private final Indexes indexes = new Indexes(new MemoryOrderedStore(), scripts.threads());
  private final SubsetKeeper keeper;
  private final FhirApi fhir;
  private final HttpServer server;

  /** Volatile: set by tests, read by requests. */
  private volatile FhirSettings settings;

  /** Volatile: set by tests, run by requests. */
  private volatile Runnable answering = () -> {};

  /** Volatile: set by tests, read by requests. */
  private volatile long attachmentBytes = Long.MAX_VALUE;

  private final HttpClient client = HttpClient.newHttpClient();

  /** A node in memory. */
  public FhirNode() {
    this(new MemoryStore());
  }

  /** A node over that store, which is closed with it. */
  public FhirNode(Store store) {
    this(store, Optional.empty());
  }

  /** A node over that store, of which an administrator has decided that before it starts. */
  public FhirNode(Store store, FhirSettings decided) {
    this(store, Optional.empty(), decided);
  }

  /** A node over that store, with a folder for files of its own. */
  public FhirNode(Store store, Optional<Path> folder) {
    this(store, folder, FhirSettings.QUIET);
  }

  private FhirNode(Store store, Optional<Path> folder, FhirSettings decided) {
    this.settings = decided;
    this.store = store;
    this.databases = new Databases(store);
    Sites sites = new Sites(databases);
    Subsetting subsetting = new Subsetting(databases, sites);
    this.keeper = new SubsetKeeper(databases, subsetting);
    CouchApi couch =
        new CouchApi(databases, CouchSettings.ofVersion("0.1")).with(subsetting, keeper);
    this.fhir =
        new FhirApi(
            new FhirSurroundings(
                databases,
                subsetting::seen,
                indexes,
                "0.1",
                () -> DocumentLimits.DEFAULT,
                () -> attachmentBytes,
                () -> settings,
                "test",
                folder),
            couch.access()::member);
    List<Route> routes = new ArrayList<>(couch.routes());
    routes.addAll(fhir.routes());
    routes.replaceAll(this::watched);
    Authenticator authenticator =
        caller -> Optional.of(new Authenticator.SignedIn(user(caller.header("X-User")), List.of()));
    try {
      this.server =
          HttpServer.start(
              HttpSettings.defaults().at("127.0.0.1", 0),
              new PatternRouter(routes, FhirApi.problems()),
              authenticator);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (databases.find("clinic").isEmpty()) {
      databases.create("clinic");
    }
    fhir.start();
  }

  /** What an administrator decides from now on. */
  public FhirNode with(FhirSettings decided) {
    settings = decided;
    return this;
  }

  /** How large attachments may be from now on. */
  public void attachmentBytes(long most) {
    attachmentBytes = most;
  }

  private Route watched(Route route) {
    return new Route(
        route.method(),
        route.pattern(),
        exchange -> route.endpoint().handle(new NotingExchange(exchange, () -> answering.run())));
  }

  /** What is done before each answer that is no refusal, by the thread that answers. */
  public void beforeAnswers(Runnable work) {
    answering = work;
  }

  private static UserContext user(Optional<String> name) {
    return name.map(
            given ->
                given.equals("nobody")
                    ? UserContext.ANONYMOUS
                    : new UserContext(Optional.of(given), Set.of(), Optional.of("default")))
        .orElse(ADMIN);
  }

  public Database clinic() {
    return databases.find("clinic").orElseThrow();
  }

  public Databases databases() {
    return databases;
  }

  /** Where the database {@code clinic} is a FHIR server. */
  public String base() {
    return server.baseUrl() + "/fhir/clinic";
  }

  public String url() {
    return server.baseUrl();
  }

  /** HAPI's client of the database {@code clinic}. */
  public IGenericClient hapi() {
    FhirContext context = FhirContext.forR4Cached();
    context.getRestfulClientFactory().setServerValidationMode(ServerValidationModeEnum.NEVER);
    context.getRestfulClientFactory().setSocketTimeout(300_000);
    return context.newRestfulGenericClient(base());
  }

  /** Asks below {@code /fhir/clinic}. */
  public Reply get(String path, String... headers) {
    return send("GET", "/fhir/clinic" + path, "", headers);
  }

  public Reply post(String path, String body, String... headers) {
    return send("POST", "/fhir/clinic" + path, body, headers);
  }

  public Reply put(String path, String body, String... headers) {
    return send("PUT", "/fhir/clinic" + path, body, headers);
  }

  public Reply patch(String path, String body, String... headers) {
    return send("PATCH", "/fhir/clinic" + path, body, headers);
  }

  public Reply delete(String path, String... headers) {
    return send("DELETE", "/fhir/clinic" + path, "", headers);
  }

  /** Asks anything, with names and values of headers in turn. */
  public Reply send(String method, String path, String body, String... headers) {
    return send(method, path, body.getBytes(StandardCharsets.UTF_8), headers);
  }

  /** Asks anything, with names and values of headers in turn. */
  public Reply send(String method, String path, byte[] body, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.baseUrl() + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    boolean typed = List.of(headers).contains("Content-Type");
    if (body.length > 0 && !typed) {
      request.header("Content-Type", "application/fhir+json");
    }
    HttpRequest.BodyPublisher publisher =
        body.length == 0
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofByteArray(body);
    try {
      HttpResponse<byte[]> answer =
          client.send(
              request.method(method, publisher).build(), HttpResponse.BodyHandlers.ofByteArray());
      return new Reply(answer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** A whole answer. */
  public record Reply(HttpResponse<byte[]> answer) {
    public int status() {
      return answer.statusCode();
    }

    public String text() {
      return new String(answer.body(), StandardCharsets.UTF_8);
    }

    public JsonNode json() {
      return MAPPER.readTree(text());
    }

    public String header(String name) {
      return answer.headers().firstValue(name).orElse("");
    }

    /** The first issue's code, when it is an OperationOutcome. */
    public String code() {
      return json().path("issue").path(0).path("code").asString("");
    }

    /** All that the issues say. */
    public String diagnostics() {
      List<String> all = new ArrayList<>();
      for (JsonNode issue : json().path("issue")) {
        all.add(
            issue.path("expression").path(0).asString("")
                + " "
                + issue.path("diagnostics").asString(""));
      }
      return String.join("\n", all);
    }

    @Override
    public String toString() {
      return status() + " " + text();
    }
  }

  @Override
  public void close() {
    client.close();
    server.close();
    fhir.close();
    keeper.close();
    indexes.close();
    scripts.close();
    databases.close();
    store.close();
  }
}
