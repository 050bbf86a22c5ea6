package org.skerry.http.couch.view;

import java.io.IOException;
import org.skerry.database.Database;
import org.skerry.http.AnswerHead;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;
import org.skerry.http.Method;
import org.skerry.http.couch.AnswerTurns;
import org.skerry.http.couch.DatabaseEndpoint;
import org.skerry.http.couch.LargeReads;
import org.skerry.http.couch.ListingParameters;
import org.skerry.http.couch.RequestJson;
import org.skerry.http.couch.RowOut;
import org.skerry.index.IndexReading;
import org.skerry.view.Views;
import tools.jackson.databind.JsonNode;

/** {@code GET} and {@code POST /{db}/_design/{ddoc}/_view/{view}}. */
final class QueryView implements DatabaseEndpoint {
  private final Views views;
  private final LargeReads reads;

  QueryView(Views views, LargeReads reads) {
    this.views = views;
    this.reads = reads;
  }

  @Override
  public void handle(Exchange exchange, Database database) throws IOException {
    ListingParameters parameters = new ListingParameters().add(exchange.query());
    if (exchange.method() == Method.POST) {
      RequestJson.requireJson(exchange);
      JsonNode body = RequestJson.object(exchange);
      if (body.has("queries")) {
        throw HttpProblem.badRequest(
            "bad_request", "The `queries` parameter is no longer supported at this endpoint");
      }
      if (body.has("keys") && !body.path("keys").isArray()) {
        throw HttpProblem.badRequest("bad_request", "`keys` member must be an array.");
      }
      parameters.add(body);
    }
    OpenView view =
        OpenView.find(views, database, exchange.variable("ddoc"), exchange.variable("view"));
    ViewQuery query = view.query(parameters);
    try (IndexReading reading = view.read(query.freshness());
        AnswerTurns turns = new AnswerTurns(reads, exchange, database)) {
      ViewAnswer answer = ViewAnswer.of(view, query, reading);
      RowOut out = new RowOut(exchange.stream(AnswerHead.json(200)), turns);
      if (!exchange.isHead()) {
        answer.write(out);
        out.write('\n');
      }
      out.close();
    }
  }
}
