package org.skerry.http.couch.mango;

import java.io.IOException;
import org.skerry.database.Database;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;
import org.skerry.http.couch.AccessControl;
import org.skerry.http.couch.DatabaseEndpoint;
import org.skerry.http.couch.JsonAnswer;
import org.skerry.mango.IndexAdministration;

/** {@code DELETE /{db}/_index/{design}/{type}/{name}}. */
final class DeleteIndex implements DatabaseEndpoint {
  @Override
  public void handle(Exchange exchange, Database database) throws IOException {
    boolean deleted =
        new IndexAdministration(database, AccessControl.author(exchange))
            .delete(
                exchange.variable("design"), exchange.variable("type"), exchange.variable("name"));
    if (!deleted) {
      throw HttpProblem.notFound("missing");
    }
    exchange.answer(JsonAnswer.ok(200));
  }
}
