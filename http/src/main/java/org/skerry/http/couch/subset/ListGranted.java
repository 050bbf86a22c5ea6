package org.skerry.http.couch.subset;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.skerry.database.Database;
import org.skerry.document.DocId;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;
import org.skerry.http.Query;
import org.skerry.http.couch.DatabaseEndpoint;
import org.skerry.http.couch.JsonAnswer;
import org.skerry.store.subset.SubsetDocuments;

/**
 * {@code GET /{db}/_centre}: what a site fetched and has not released, by id, {@code limit} of them
 * behind the id {@code after}.
 */
final class ListGranted implements DatabaseEndpoint {
  private static final int USUAL = 100;
  private static final int MOST = 1_000;

  private final Asking.Desk desk;

  ListGranted(Asking.Desk desk) {
    this.desk = desk;
  }

  @Override
  public void handle(Exchange exchange, Database database) throws IOException {
    Asking asking = desk.of(exchange, database);
    int limit = limit(exchange.query());
    Optional<DocId> after =
        exchange.query().text("after").filter(id -> !id.isEmpty()).map(DocId::of);
    int feed = asking.seen().subset().map(SubsetDocuments::feed).orElseThrow();
    List<DocId> found = new ArrayList<>();
    asking
        .whole()
        .store()
        .subsets()
        .granted(
            feed,
            after,
            id -> {
              found.add(id);
              return found.size() <= limit;
            });
    boolean more = found.size() > limit;
    List<DocId> page = more ? found.subList(0, limit) : found;
    exchange.answer(
        JsonAnswer.of(
            200,
            out -> {
              out.writeStartObject();
              out.writeStringProperty("site", asking.site().id());
              out.writeArrayPropertyStart("documents");
              page.forEach(id -> out.writeString(id.text()));
              out.writeEndArray();
              out.writeBooleanProperty("more", more);
              out.writeEndObject();
            }));
  }

  private static int limit(Query query) {
    String text = query.text("limit").orElse(Integer.toString(USUAL));
    try {
      int limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= MOST) {
        return limit;
      }
    } catch (NumberFormatException e) {
      throw refused(text);
    }
    throw refused(text);
  }

  private static HttpProblem refused(String text) {
    return HttpProblem.badRequest(
        "query_parse_error", "Invalid value for limit, from 1 to " + MOST + ": " + text);
  }
}
