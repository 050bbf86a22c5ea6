package org.skerry.http.couch.nouveau;

import java.io.IOException;
import java.io.InterruptedIOException;
import org.skerry.database.Database;
import org.skerry.http.Exchange;
import org.skerry.http.Method;
import org.skerry.http.couch.DatabaseEndpoint;
import org.skerry.http.couch.RequestJson;
import org.skerry.search.FullText;
import org.skerry.search.SearchResults;

/** {@code GET} and {@code POST /{db}/_design/{ddoc}/_nouveau/{index}}. */
final class Search implements DatabaseEndpoint {
  private final FullText fullText;

  Search(FullText fullText) {
    this.fullText = fullText;
  }

  @Override
  public void handle(Exchange exchange, Database database) throws IOException {
    SearchParameters parameters = parameters(exchange);
    DesignIndex index = DesignIndex.of(exchange, database);
    try (SearchResults results =
        fullText.search(database, index.place(), index.definition(), parameters.request())) {
      new SearchAnswer(database, parameters, results).send(exchange);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while the index caught up");
    }
  }

  private static SearchParameters parameters(Exchange exchange) throws IOException {
    if (exchange.method() == Method.POST) {
      RequestJson.requireJson(exchange);
      return SearchParameters.of(RequestJson.object(exchange));
    }
    return SearchParameters.of(exchange.query());
  }
}
