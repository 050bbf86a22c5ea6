package org.skerry.fhir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.skerry.database.Author;
import org.skerry.database.Database;
import org.skerry.fhir.audit.Action;
import org.skerry.fhir.audit.Audit;
import org.skerry.fhir.audit.Trail;
import org.skerry.fhir.bundle.Bundles;
import org.skerry.fhir.bundle.SubRequests;
import org.skerry.fhir.export.CancelExport;
import org.skerry.fhir.export.Exports;
import org.skerry.fhir.export.ReadExport;
import org.skerry.fhir.export.ReadExportFile;
import org.skerry.fhir.export.StartExport;
import org.skerry.fhir.outcome.Issue;
import org.skerry.fhir.outcome.OutcomeException;
import org.skerry.fhir.resource.NoResourceException;
import org.skerry.fhir.resource.ResourceId;
import org.skerry.fhir.rest.Call;
import org.skerry.fhir.rest.ConditionalDelete;
import org.skerry.fhir.rest.ConditionalUpdate;
import org.skerry.fhir.rest.Create;
import org.skerry.fhir.rest.Delete;
import org.skerry.fhir.rest.Interaction;
import org.skerry.fhir.rest.Limits;
import org.skerry.fhir.rest.Models;
import org.skerry.fhir.rest.Read;
import org.skerry.fhir.rest.Update;
import org.skerry.fhir.rest.Validate;
import org.skerry.fhir.rest.VersionRead;
import org.skerry.fhir.rest.binary.ReadBinary;
import org.skerry.fhir.rest.binary.ReadData;
import org.skerry.fhir.rest.binary.WriteBinary;
import org.skerry.fhir.rest.history.FeedHistory;
import org.skerry.fhir.rest.history.InstanceHistory;
import org.skerry.fhir.rest.patch.Patch;
import org.skerry.fhir.rest.search.CompartmentSearch;
import org.skerry.fhir.rest.search.Everything;
import org.skerry.fhir.rest.search.Search;
import org.skerry.fhir.rest.search.SystemSearch;
import org.skerry.fhir.search.SearchIndexes;
import org.skerry.fhir.search.query.BadSearchException;
import org.skerry.fhir.subscription.Subscriptions;
import org.skerry.http.Answer;
import org.skerry.http.Endpoint;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;
import org.skerry.http.NotingExchange;
import org.skerry.http.PatternRouter;
import org.skerry.http.Router;
import org.skerry.http.couch.AccessControl;
import org.skerry.http.couch.CouchProblems;

/** The FHIR servers of a node, with all that they need; made by the first request. Any thread. */
final class FhirServer implements AutoCloseable {
  /** The folder of exports, below that of the servers. */
  static final String EXPORTS = "exports";

  private final Router routes = routes();
  private final Models models = new Models();
  private final SearchIndexes searches;
  private final Limits limits;
  private final Audit audit;
  private final Optional<Exports> exports;
  private final Subscriptions subscriptions;
  private final Map<FhirInteraction, Interaction> interactions =
      new EnumMap<>(FhirInteraction.class);

  FhirServer(FhirSurroundings surroundings, Audit audit) {
    this.limits = Limits.of(surroundings.documents(), surroundings.attachmentBytes());
    this.audit = audit;
    this.searches = new SearchIndexes(surroundings.indexes(), InstantSource.system());
    this.exports =
        surroundings
            .folder()
            .map(
                folder ->
                    new Exports(
                        folder.resolve(EXPORTS),
                        surroundings.databases(),
                        searches::membership,
                        InstantSource.system()));
    exports.ifPresent(Exports::resume);
    this.subscriptions =
        new Subscriptions(
            surroundings.databases(),
            surroundings.seen(),
            models,
            searches,
            () -> surroundings.settings().get().endpoints());
    subscriptions.resume();
    for (FhirInteraction interaction : FhirInteraction.values()) {
      interactions.put(interaction, make(interaction, surroundings));
    }
  }

  private Interaction make(FhirInteraction interaction, FhirSurroundings surroundings) {
    return switch (interaction) {
      case METADATA -> new Metadata(surroundings.version());
      case READ -> new ReadBinary(new Read());
      case VERSION_READ -> new ReadBinary(new VersionRead());
      case READ_DATA, READ_VERSION_DATA -> new ReadData();
      case CREATE -> new WriteBinary(new Create());
      case UPDATE -> new WriteBinary(new Update());
      case DELETE -> new Delete();
      case SEARCH, SEARCH_BY_FORM -> new Search();
      case SYSTEM_SEARCH, SYSTEM_SEARCH_BY_FORM -> new SystemSearch();
      case COMPARTMENT_SEARCH, COMPARTMENT_SEARCH_BY_FORM -> new CompartmentSearch();
      case EVERYTHING -> new Everything();
      case CONDITIONAL_UPDATE -> new ConditionalUpdate();
      case CONDITIONAL_DELETE -> new ConditionalDelete();
      case PATCH -> Patch.byId();
      case CONDITIONAL_PATCH -> Patch.onCondition();
      case INSTANCE_HISTORY -> new InstanceHistory();
      case TYPE_HISTORY -> FeedHistory.ofType();
      case SYSTEM_HISTORY -> FeedHistory.ofSystem();
      case EXPORT, EXPORT_BY_POST -> StartExport.ofSystem(exports);
      case EXPORT_PATIENTS, EXPORT_PATIENTS_BY_POST -> StartExport.ofPatients(exports);
      case EXPORT_GROUP, EXPORT_GROUP_BY_POST -> StartExport.ofGroup(exports);
      case READ_EXPORT -> ofExports(ReadExport::new);
      case CANCEL_EXPORT -> ofExports(CancelExport::new);
      case READ_EXPORT_FILE -> ofExports(ReadExportFile::new);
      case VALIDATE -> Validate.ofSent();
      case VALIDATE_INSTANCE -> Validate.ofInstance();
      case BUNDLE -> new Bundles(this::ask);
    };
  }

  /** What is asked of an export; where there are none, none is found. */
  private Interaction ofExports(Function<Exports, Interaction> made) {
    return exports
        .map(made)
        .orElse(
            call -> {
              throw OutcomeException.of(404, "not-found", "There are no exports here");
            });
  }

  void answer(FhirInteraction interaction, Exchange exchange, Database database)
      throws IOException {
    Trail trail = audit.begin();
    // Before the answer, on which its receiver relies; after it what a refused request wrote.
    Set<ResourceId> told = new HashSet<>();
    Runnable tell = () -> tell(database, AccessControl.author(exchange), trail, told);
    Exchange telling = new NotingExchange(exchange, tell);
    try {
      answer(interaction, Call.of(telling, database, limits, models, searches, trail));
    } finally {
      audit.keep(exchange, database, trail);
      tell.run();
    }
  }

  private void tell(Database database, Author author, Trail trail, Set<ResourceId> told) {
    for (ResourceId id : trail.written("Subscription")) {
      if (told.add(id)) {
        subscriptions.written(database, id.id(), author);
      }
    }
    for (ResourceId id : trail.repeated("Subscription")) {
      if (told.add(id)) {
        subscriptions.repeated(database, id.id(), author);
      }
    }
  }

  private void answer(FhirInteraction interaction, Call call) throws IOException {
    try {
      Objects.requireNonNull(interactions.get(interaction)).answer(call);
    } catch (BadSearchException e) {
      refused(interaction, call, 400, e);
      Issue issue = Issue.error(e.kind().code(), String.valueOf(e.getMessage()));
      call.outcome(400, List.of(issue), List.of());
    } catch (OutcomeException e) {
      refused(interaction, call, e.status(), e);
      call.outcome(e.status(), e.issues(), e.headers());
    } catch (NoResourceException e) {
      refused(interaction, call, 422, e);
      Issue issue = Issue.error("structure", String.valueOf(e.getMessage()));
      call.outcome(422, List.of(issue), List.of());
    } catch (RuntimeException e) {
      int status =
          e instanceof HttpProblem problem
              ? problem.status()
              : CouchProblems.of(e).map(HttpProblem::status).orElse(500);
      refused(interaction, call, status, e);
      throw e;
    }
  }

  private static void refused(
      FhirInteraction interaction, Call call, int status, RuntimeException problem) {
    if (interaction.action() == Action.NOTHING) {
      return;
    }
    Optional<ResourceId> about =
        interaction.pattern().startsWith("/{type}/{id}")
            ? ResourceId.parse(
                call.exchange().variable("type") + '/' + call.exchange().variable("id"))
            : Optional.empty();
    String reason =
        problem instanceof HttpProblem known
            ? known.reason()
            : String.valueOf(problem.getMessage());
    call.trail().refused(interaction.action(), about, status, reason);
  }

  /** Asks an entry of a bundle of these interactions. */
  private Answer ask(Call bundle, SubRequests.Request request) {
    try {
      Router.Match match = routes.find(request.method(), request.segments());
      FhirInteraction interaction = ((Inner) match.endpoint()).interaction();
      Exchange exchange = request.exchange(match.variables());
      answer(interaction, bundle.entry(exchange));
      return request.answer();
    } catch (HttpProblem e) {
      return FhirProblems.inJson(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      return FhirProblems.inJson(CouchProblems.of(e).orElseThrow(() -> e));
    }
  }

  /** Stands for an interaction where requests within requests are routed. */
  private record Inner(FhirInteraction interaction) implements Endpoint {
    @Override
    public void handle(Exchange exchange) {
      throw new IllegalStateException("asked for its interaction alone");
    }
  }

  private static Router routes() {
    return new PatternRouter(
        Arrays.stream(FhirInteraction.values())
            .filter(interaction -> interaction != FhirInteraction.BUNDLE)
            .map(one -> new Router.Route(one.method(), one.pattern(), new Inner(one)))
            .toList());
  }

  @Override
  public void close() {
    subscriptions.close();
    exports.ifPresent(Exports::close);
  }
}
