package org.skerry.http.couch;

import java.io.IOException;
import org.skerry.database.Databases;
import org.skerry.http.Endpoint;
import org.skerry.http.Exchange;

/** {@code GET /_all_dbs}. */
final class AllDbs implements Endpoint {
  private final Databases databases;

  AllDbs(Databases databases) {
    this.databases = databases;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    var names = AllDatabases.names(databases, exchange.query());
    exchange.answer(
        JsonAnswer.of(
            200,
            out -> {
              out.writeStartArray();
              names.forEach(out::writeString);
              out.writeEndArray();
            }));
  }
}
