package org.skerry.http.couch.view;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.skerry.database.Database;
import org.skerry.http.AnswerHead;
import org.skerry.http.Exchange;
import org.skerry.http.couch.AnswerTurns;
import org.skerry.http.couch.DatabaseEndpoint;
import org.skerry.http.couch.LargeReads;
import org.skerry.http.couch.ListingParameters;
import org.skerry.http.couch.RequestJson;
import org.skerry.http.couch.RowOut;
import org.skerry.index.IndexReading;
import org.skerry.view.Views;
import tools.jackson.databind.JsonNode;

/** {@code POST …/_view/{view}/queries}: several queries in one answer. */
final class QueriesOfView implements DatabaseEndpoint {
  private final Views views;
  private final LargeReads reads;

  QueriesOfView(Views views, LargeReads reads) {
    this.views = views;
    this.reads = reads;
  }

  @Override
  public void handle(Exchange exchange, Database database) throws IOException {
    List<JsonNode> queries = RequestJson.queries(exchange);
    OpenView view =
        OpenView.find(views, database, exchange.variable("ddoc"), exchange.variable("view"));
    // All are read before the first is answered: a mistake in the last is still a status.
    List<ViewQuery> asked = new ArrayList<>();
    for (JsonNode query : queries) {
      asked.add(view.query(new ListingParameters().add(exchange.query()).add(query)));
    }
    answer(exchange, view, asked);
  }

  private void answer(Exchange exchange, OpenView view, List<ViewQuery> asked) throws IOException {
    ViewQuery.Freshness freshness =
        asked.stream()
            .map(ViewQuery::freshness)
            .min(ViewQuery.Freshness::compareTo)
            .orElse(ViewQuery.Freshness.STALE);
    try (IndexReading reading = view.read(freshness);
        AnswerTurns turns = new AnswerTurns(reads, exchange, view.database())) {
      List<ViewAnswer> answers = new ArrayList<>();
      for (ViewQuery query : asked) {
        answers.add(ViewAnswer.of(view, query, reading));
      }
      RowOut out = new RowOut(exchange.stream(AnswerHead.json(200)), turns);
      out.raw("{\"results\":[\r\n");
      String separator = "";
      for (ViewAnswer answer : answers) {
        out.raw(separator);
        separator = ",\r\n";
        answer.write(out);
      }
      out.raw("\r\n]}\n");
      out.close();
    }
  }
}
