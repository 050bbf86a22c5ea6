package org.skerry.http.couch;

import java.io.IOException;
import org.skerry.database.Database;
import org.skerry.http.Exchange;

/** {@code POST /{db}/_compact}: begins, and does not wait. */
final class CompactDatabase implements DatabaseEndpoint {
  private final Compactions compactions;

  CompactDatabase(Compactions compactions) {
    this.compactions = compactions;
  }

  @Override
  public void handle(Exchange exchange, Database database) throws IOException {
    RequestJson.requireJson(exchange);
    compactions.start(database);
    exchange.answer(JsonAnswer.ok(202));
  }
}
