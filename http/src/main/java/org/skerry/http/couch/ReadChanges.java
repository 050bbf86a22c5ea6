package org.skerry.http.couch;

import java.io.IOException;
import java.util.Optional;
import org.skerry.changes.ChangeFilter;
import org.skerry.changes.ChangesRequest;
import org.skerry.database.Database;
import org.skerry.http.Exchange;
import org.skerry.http.Method;
import org.skerry.store.Seq;
import org.skerry.store.subset.SubsetDocuments;
import tools.jackson.databind.JsonNode;

/** {@code GET} and {@code POST /{db}/_changes}. */
final class ReadChanges implements DatabaseEndpoint {
  private final ChangesFilters filters;
  private final LargeReads turns;

  ReadChanges(ChangesFilters filters, LargeReads turns) {
    this.filters = filters;
    this.turns = turns;
  }

  @Override
  public void handle(Exchange exchange, Database database) throws IOException {
    ChangesParameters parameters = ChangesParameters.of(exchange);
    Optional<JsonNode> body =
        exchange.method() == Method.POST ? RequestJson.optionalObject(exchange) : Optional.empty();
    ChangeFilter filter = filters.of(exchange, body, database);
    // CouchDB goes down to the start whatever the position says.
    Seq since =
        parameters.descending()
            ? Seq.ZERO
            : beginning(database, filter, database.changes().tokens().parse(parameters.since()));
    ChangesRequest request =
        ChangesRequest.ALL
            .withFilter(filter)
            .withStyle(parameters.style())
            .withDescending(parameters.descending())
            .withFields(parameters.documents().fields());
    ChangesForm form =
        switch (parameters.feed()) {
          case NORMAL, LONGPOLL -> ChangesForm.LIST;
          case CONTINUOUS -> ChangesForm.LINES;
          case EVENTSOURCE -> ChangesForm.EVENTS;
        };
    if (exchange.isHead()) {
      exchange.stream(form.head()).close();
      return;
    }
    ChangeRow row =
        new ChangeRow(
            database,
            parameters.documents(),
            ChangesFilters.fields(exchange, body),
            parameters.seqInterval());
    new ChangesSession(exchange, database, parameters, request, form, row, turns).run(since);
  }

  /** A site's device that has nothing yet gets the most urgent documents first. */
  private static Seq beginning(Database database, ChangeFilter filter, Seq since) {
    return since.equals(Seq.ZERO) && filter instanceof ChangeFilter.Everything
        ? database.subset().map(SubsetDocuments::beginning).orElse(since)
        : since;
  }
}
