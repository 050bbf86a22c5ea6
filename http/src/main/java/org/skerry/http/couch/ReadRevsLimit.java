package org.skerry.http.couch;

import java.io.IOException;
import org.skerry.database.Database;
import org.skerry.http.Exchange;

/** {@code GET /{db}/_revs_limit}. */
final class ReadRevsLimit implements DatabaseEndpoint {
  @Override
  public void handle(Exchange exchange, Database database) throws IOException {
    int limit = database.store().revsLimit();
    exchange.answer(JsonAnswer.of(200, out -> out.writeNumber(limit)));
  }
}
