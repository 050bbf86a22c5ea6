package org.skerry.fhir;

import java.io.IOException;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.skerry.database.Database;
import org.skerry.fhir.outcome.Issue;
import org.skerry.fhir.outcome.OutcomeException;
import org.skerry.fhir.resource.NoResourceException;
import org.skerry.fhir.rest.Call;
import org.skerry.fhir.rest.Create;
import org.skerry.fhir.rest.Delete;
import org.skerry.fhir.rest.Interaction;
import org.skerry.fhir.rest.Limits;
import org.skerry.fhir.rest.Models;
import org.skerry.fhir.rest.Read;
import org.skerry.fhir.rest.Update;
import org.skerry.fhir.rest.VersionRead;
import org.skerry.fhir.rest.search.CompartmentSearch;
import org.skerry.fhir.rest.search.Everything;
import org.skerry.fhir.rest.search.Search;
import org.skerry.fhir.rest.search.SystemSearch;
import org.skerry.fhir.search.SearchIndexes;
import org.skerry.http.Exchange;

/** The FHIR servers of a node, with all that they need; made by the first request. Any thread. */
final class FhirServer implements AutoCloseable {
  private final Models models = new Models();
  private final SearchIndexes searches;
  private final Limits limits;
  private final Map<FhirInteraction, Interaction> interactions =
      new EnumMap<>(FhirInteraction.class);

  FhirServer(FhirSurroundings surroundings) {
    this.limits = Limits.of(surroundings.documents());
    this.searches = new SearchIndexes(surroundings.indexes(), InstantSource.system());
    for (FhirInteraction interaction : FhirInteraction.values()) {
      interactions.put(interaction, make(interaction, surroundings));
    }
  }

  private static Interaction make(FhirInteraction interaction, FhirSurroundings surroundings) {
    return switch (interaction) {
      case METADATA -> new Metadata(surroundings.version());
      case READ -> new Read();
      case VERSION_READ -> new VersionRead();
      case CREATE -> new Create();
      case UPDATE -> new Update();
      case DELETE -> new Delete();
      case SEARCH, SEARCH_BY_FORM -> new Search();
      case SYSTEM_SEARCH, SYSTEM_SEARCH_BY_FORM -> new SystemSearch();
      case COMPARTMENT_SEARCH, COMPARTMENT_SEARCH_BY_FORM -> new CompartmentSearch();
      case EVERYTHING -> new Everything();
    };
  }

  void answer(FhirInteraction interaction, Exchange exchange, Database database)
      throws IOException {
    Call call = Call.of(exchange, database, limits, models, searches);
    try {
      Objects.requireNonNull(interactions.get(interaction)).answer(call);
    } catch (OutcomeException e) {
      call.outcome(e.status(), e.issues(), e.headers());
    } catch (NoResourceException e) {
      Issue issue = Issue.error("structure", String.valueOf(e.getMessage()));
      call.outcome(422, List.of(issue), List.of());
    }
  }

  @Override
  public void close() {
    // Nothing runs by itself yet.
  }
}
