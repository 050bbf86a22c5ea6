package org.skerry.http.couch.conflict;

import java.io.IOException;
import org.skerry.database.Database;
import org.skerry.http.Exchange;
import org.skerry.http.couch.DatabaseEndpoint;
import org.skerry.http.couch.JsonAnswer;

/** {@code GET /{db}/_options}. */
final class ReadOptions implements DatabaseEndpoint {
  @Override
  public void handle(Exchange exchange, Database database) throws IOException {
    boolean appendOnly = database.options().appendOnly();
    exchange.answer(
        JsonAnswer.of(
            200,
            out -> {
              out.writeStartObject();
              out.writeBooleanProperty("append_only", appendOnly);
              out.writeEndObject();
            }));
  }
}
