package org.skerry.http.couch.view;

import java.io.IOException;
import org.skerry.database.Database;
import org.skerry.http.Exchange;
import org.skerry.http.couch.DatabaseEndpoint;
import org.skerry.http.couch.JsonAnswer;
import org.skerry.http.couch.RequestJson;
import org.skerry.view.Views;

/** {@code POST /{db}/_view_cleanup}: removes indexes that no design document wants any more. */
final class CleanUpViews implements DatabaseEndpoint {
  private final Views views;

  CleanUpViews(Views views) {
    this.views = views;
  }

  @Override
  public void handle(Exchange exchange, Database database) throws IOException {
    RequestJson.requireJson(exchange);
    views.indexes().cleanUp(database);
    exchange.answer(JsonAnswer.ok(202));
  }
}
