package org.skerry.http.couch.upkeep;

import java.io.IOException;
import org.skerry.database.Database;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;
import org.skerry.http.couch.DatabaseEndpoint;
import org.skerry.http.couch.JsonAnswer;
import org.skerry.http.couch.RequestJson;
import tools.jackson.databind.JsonNode;

/** {@code PUT /{db}/_purged_infos_limit}. */
final class WritePurgedInfosLimit implements DatabaseEndpoint {
  @Override
  public void handle(Exchange exchange, Database database) throws IOException {
    JsonNode limit = RequestJson.value(exchange);
    if (!limit.isIntegralNumber() || !limit.canConvertToInt() || limit.intValue() < 1) {
      throw HttpProblem.badRequest("bad_request", "`purged_infos_limit` must be positive integer");
    }
    database.store().purges().limit(limit.intValue());
    exchange.answer(JsonAnswer.ok(200));
  }
}
