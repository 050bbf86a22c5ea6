package org.skerry.http.couch.view;

import java.io.IOException;
import org.skerry.database.Database;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;
import org.skerry.http.couch.DatabaseEndpoint;
import org.skerry.http.couch.JsonAnswer;
import org.skerry.http.couch.RequestJson;
import org.skerry.view.Views;

/**
 * {@code POST /{db}/_compact/{ddoc}}: consents, when there is such a design document. Index data
 * are compacted by their store as they are written, and nothing is left to be begun.
 */
final class CompactViews implements DatabaseEndpoint {
  private final Views views;

  CompactViews(Views views) {
    this.views = views;
  }

  @Override
  public void handle(Exchange exchange, Database database) throws IOException {
    RequestJson.requireJson(exchange);
    switch (views.find(database, exchange.variable("ddoc"))) {
      case Views.Found.Missing missing -> throw HttpProblem.notFound("missing");
      case Views.Found.Deleted deleted -> throw HttpProblem.notFound("deleted");
      case Views.Found.Group group -> exchange.answer(JsonAnswer.ok(202));
      case Views.Found.NoViews none -> exchange.answer(JsonAnswer.ok(202));
    }
  }
}
