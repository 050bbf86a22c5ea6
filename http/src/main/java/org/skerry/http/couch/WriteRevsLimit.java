package org.skerry.http.couch;

import java.io.IOException;
import org.skerry.database.Database;
import org.skerry.document.Excerpt;
import org.skerry.http.Exchange;
import org.skerry.http.HttpProblem;
import tools.jackson.databind.JsonNode;

/** {@code PUT /{db}/_revs_limit}. */
final class WriteRevsLimit implements DatabaseEndpoint {
  @Override
  public void handle(Exchange exchange, Database database) throws IOException {
    JsonNode limit = RequestJson.value(exchange);
    if (!limit.isIntegralNumber() || !limit.canConvertToInt() || limit.intValue() < 1) {
      throw HttpProblem.badRequest(
          "bad_request", "`_revs_limit` must be a whole number from 1, found: " + shown(limit));
    }
    database.store().revsLimit(limit.intValue());
    exchange.answer(JsonAnswer.ok(200));
  }

  private static String shown(JsonNode value) {
    return Excerpt.of(value.toString(), 80);
  }
}
