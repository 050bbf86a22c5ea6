package org.skerry.http.couch.upkeep;

import java.io.IOException;
import org.skerry.database.Database;
import org.skerry.http.Exchange;
import org.skerry.http.couch.DatabaseEndpoint;
import org.skerry.http.couch.JsonAnswer;

/** {@code GET /{db}/_purged_infos_limit}. */
final class ReadPurgedInfosLimit implements DatabaseEndpoint {
  @Override
  public void handle(Exchange exchange, Database database) throws IOException {
    int limit = database.store().purges().limit();
    exchange.answer(JsonAnswer.of(200, out -> out.writeNumber(limit)));
  }
}
