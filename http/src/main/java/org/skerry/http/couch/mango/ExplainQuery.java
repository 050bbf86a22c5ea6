package org.skerry.http.couch.mango;

import java.io.IOException;
import org.skerry.database.Database;
import org.skerry.http.Exchange;
import org.skerry.http.couch.DatabaseEndpoint;
import org.skerry.http.couch.JsonAnswer;
import org.skerry.http.couch.RequestJson;
import org.skerry.mango.Explanation;
import org.skerry.mango.FindRequest;
import org.skerry.mango.Mango;

/** {@code POST /{db}/_explain}: which index would serve a query, and why no other. */
final class ExplainQuery implements DatabaseEndpoint {
  private final Mango mango;

  ExplainQuery(Mango mango) {
    this.mango = mango;
  }

  @Override
  public void handle(Exchange exchange, Database database) throws IOException {
    RequestJson.requireJson(exchange);
    FindRequest request = FindRequest.parse(RequestJson.object(exchange));
    Explanation explanation = new Explanation(database.name(), mango.explain(database, request));
    exchange.answer(JsonAnswer.of(200, explanation::write));
  }
}
