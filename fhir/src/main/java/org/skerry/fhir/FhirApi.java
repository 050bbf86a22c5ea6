package org.skerry.fhir;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.skerry.database.Database;
import org.skerry.fhir.audit.Audit;
import org.skerry.fhir.audit.ExchangeEvents;
import org.skerry.fhir.export.Exports;
import org.skerry.fhir.subscription.Subscriptions;
import org.skerry.http.Endpoint;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;
import org.skerry.http.ProblemForm;
import org.skerry.http.Router.Route;
import org.skerry.http.couch.DatabaseEndpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node's FHIR servers: routes that cost nothing until the first request comes; then {@link
 * FhirServer}, and HAPI with it, is loaded.
 */
public final class FhirApi implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FhirApi.class);
  private static final String BASE = "/fhir/{db}";

  /** What stands first in the path of all its requests. */
  private static final String FIRST = "fhir";

  private final FhirSurroundings surroundings;
  private final Function<DatabaseEndpoint, Endpoint> forMembers;

  /** Guarded by this. */
  private boolean closed;

  private final Audit audit;
  private final ExchangeEvents exchanges;

  /** Volatile: made by the first request, read by all. */
  private volatile @Nullable FhirServer server;

  /**
   * The servers of a node.
   *
   * @param forMembers lets at a database those who may use it
   */
  public FhirApi(FhirSurroundings surroundings, Function<DatabaseEndpoint, Endpoint> forMembers) {
    this.surroundings = surroundings;
    this.forMembers = forMembers;
    this.audit =
        new Audit(
            surroundings.databases(),
            () -> surroundings.settings().get().audit(),
            () -> surroundings.settings().get().auditDatabase(),
            surroundings.node(),
            InstantSource.system());
    this.exchanges =
        new ExchangeEvents(
            surroundings.databases(),
            () -> surroundings.settings().get().audit(),
            () -> surroundings.settings().get().auditDatabase(),
            surroundings.node());
  }

  /** Begins what is done without anybody's asking. */
  public void start() {
    exchanges.start();
    boolean exporting =
        surroundings
            .folder()
            .filter(folder -> Exports.isUsed(folder.resolve(FhirServer.EXPORTS)))
            .isPresent();
    if (exporting || Subscriptions.isUsed(surroundings.databases())) {
      Thread.ofVirtual().name("fhir goes on").start(this::goOn);
    }
  }

  private void goOn() {
    try {
      server();
    } catch (HttpProblem e) {
      LOG.debug("what was begun goes on after the next start");
    }
  }

  /** All routes, with the rights that they need. */
  public List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    for (FhirInteraction interaction : FhirInteraction.values()) {
      routes.add(
          new Route(
              interaction.method(),
              BASE + interaction.pattern(),
              forMembers.apply(new Door(interaction))));
    }
    return routes;
  }

  /** How problems are told, by the first segment of the path. */
  public static Map<String, ProblemForm> problems() {
    return Map.of(FIRST, new FhirProblems());
  }

  /** Where a request for one interaction comes in. */
  private final class Door implements DatabaseEndpoint {
    private final FhirInteraction interaction;

    Door(FhirInteraction interaction) {
      this.interaction = interaction;
    }

    @Override
    public void handle(Exchange exchange, Database database) throws IOException {
      if (database.name().startsWith("_")) {
        throw HttpProblem.notFound("The node's own databases are no FHIR servers.");
      }
      server().answer(interaction, exchange, database);
    }
  }

  private FhirServer server() {
    FhirServer made = server;
    return made == null ? make() : made;
  }

  private synchronized FhirServer make() {
    if (closed) {
      throw new HttpProblem(503, "service_unavailable", "The node ends; ask again later");
    }
    FhirServer made = server;
    if (made == null) {
      made = new FhirServer(surroundings, audit);
      server = made;
    }
    return made;
  }

  @Override
  public synchronized void close() {
    closed = true;
    FhirServer made = server;
    if (made != null) {
      made.close();
    }
    exchanges.close();
    audit.close();
  }
}
